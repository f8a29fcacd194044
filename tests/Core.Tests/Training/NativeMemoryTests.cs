using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Training;

[Collection("torch")]
public sealed class NativeMemoryTests
{
    [Fact]
    public void Thousands_of_steps_leave_as_many_tensors_as_they_found()
    {
        var parameters = Some.Configuration;
        var dataset = DatasetFacts.Load(parameters, null, default);
        using var data = new TrialData(dataset, 9500, 1, CPU);
        using var model = Initialisation.Build(ModelCatalogue.Of(parameters), parameters, data.Shape, 1);
        using var optimization = new Optimization(model.Phases[0], parameters, CPU);
        Steps(data, optimization, 50);
        var before = Tensor.TotalCount;

        Steps(data, optimization, 3000);

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void Steps(TrialData data, Optimization optimization, int count)
    {
        using var order = data.Epoch(1);
        for (var step = 0; step < count; step++)
        {
            using var scope = NewDisposeScope();
            optimization.Step(order.Batch(step % order.Batches(64), 64), new TrainingStep(step, 8));
        }
    }
}
