using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Generation;

/// <summary>Generated images as a classifier sees them.</summary>
/// <param name="Features">One row of <see cref="FeatureClassifier.Features"/> an image.</param>
/// <param name="Classes">The most probable class of each.</param>
internal sealed record JudgedImages(IReadOnlyList<float> Features, IReadOnlyList<int> Classes)
{
    private const ulong Seed = 0;

    /// <summary>Draws images from a model in evaluation mode, the same draws for every trial, and judges them.</summary>
    public static JudgedImages Of(IGenerator model, int count, FeatureClassifier classifier, Device device, CancellationToken cancellation)
    {
        var (features, classes) = (new List<float>(count * FeatureClassifier.Features), new List<int>(count));
        for (var first = 0; first < count; first += EvaluationBatches.Size)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var images = model.Generate(SeedSequence.Derive(Seed, "judged", (ulong)first), Math.Min(EvaluationBatches.Size, count - first), device, first);
            var judged = classifier.Judge(images.cpu().clamp(0.0, 1.0));
            features.AddRange(judged.Features);
            classes.AddRange(judged.Classes);
        }
        return new(features, classes);
    }
}
