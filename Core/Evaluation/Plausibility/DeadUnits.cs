using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Layers;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Plausibility;

/// <summary>A layer of ReLU units on a set of images.</summary>
/// <param name="Layer">Its name in the state dictionary, such as <c>encoder.2</c>.</param>
/// <param name="Dead">Units that are zero for every image: no gradient reaches their weights.</param>
/// <param name="Units">Units in all.</param>
internal sealed record DeadUnits(string Layer, int Dead, int Units)
{
    /// <summary>Counts them while the sampled test images pass through a model in evaluation mode.</summary>
    public static ImmutableArray<DeadUnits> Count(Autoencoder model, TrialData data)
    {
        using var guard = no_grad();
        (string Name, RectifiedUnits Units)[] layers =
            [.. model.named_modules().Where(entry => entry.module is RectifiedUnits).Select(entry => (entry.name, (RectifiedUnits)entry.module))];
        foreach (var (_, units) in layers)
            units.Watch();
        for (var index = 0; index < data.Sample.Batches(EvaluationBatches.Size); index++)
        {
            using var scope = NewDisposeScope();
            var batch = data.Sample.Batch(index, EvaluationBatches.Size);
            model.Decode(model.Encode(batch).Mean, batch.Labels);
        }
        return
        [
            .. from layer in layers
               let count = layer.Units.CountDead()
               where count is not null
               select new DeadUnits(layer.Name, count.Value.Dead, count.Value.Units),
        ];
    }
}
