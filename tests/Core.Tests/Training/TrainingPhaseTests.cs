using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Files;
using Orchestrator.Core.Models;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Training;

[Collection("torch")]
public sealed class TrainingPhaseTests
{
    [Fact]
    public void A_generator_is_moved_alike_whether_or_not_the_discriminators_gradients_are_computed()
    {
        Assert.Equal(WeightsAfterSteps(partial: false), WeightsAfterSteps(partial: true));
    }

    [Fact]
    public void The_generators_step_leaves_the_discriminators_gradients_alone()
    {
        using var scope = NewDisposeScope();
        using var run = new Run(partial: true);
        run.Optimizations[0].Step(run.Batch(0), new TrainingStep(0, 1));
        var before = run.Gradients();

        run.Optimizations[1].Step(run.Batch(0), new TrainingStep(0, 1));

        Assert.Equal(before, run.Gradients());
    }

    [Fact]
    public void A_phase_moves_what_its_module_has_by_then_and_not_what_it_was_built_with()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Sequential(nn.Linear(3, 2));
        var phase = new TrainingPhase("all", ["loss"], module, (_, _) => throw new InvalidOperationException("not asked for"));
        module.append(nn.Linear(2, 1));

        Assert.Equal(module.parameters(), phase.Parameters);
        Assert.Equal(4, phase.Parameters.Count);
    }

    private static string WeightsAfterSteps(bool partial)
    {
        using var scope = NewDisposeScope();
        using var run = new Run(partial);
        for (var step = 0; step < 6; step++)
        {
            manual_seed(step);
            foreach (var optimization in run.Optimizations)
                optimization.Step(run.Batch(step), new TrainingStep(step, 8));
        }
        return WeightsFile.Digest(WeightsFile.Of(run.Model));
    }

    private sealed class Run : IDisposable
    {
        private readonly TrialData _data;

        public Run(bool partial)
        {
            var parameters = Some.Configuration.With(ModelParameters.Family, "gan");
            _data = new TrialData(DatasetFacts.Load(parameters, null, default), 9500, 1, CPU);
            Model = Initialisation.Build(ModelCatalogue.Of(parameters), parameters, _data.Shape, 1);
            Optimizations =
            [
                .. Model.Phases.Select(phase =>
                    new Optimization(phase with { IsPartial = phase.IsPartial && partial }, parameters, CPU)),
            ];
        }

        public Model Model { get; }

        public Optimization[] Optimizations { get; }

        public Batch Batch(int index) => _data.Train.Batch(index, 16);

        public float[] Gradients() =>
            [.. Optimizations[0].Parameters.SelectMany(parameter => parameter.grad!.contiguous().data<float>().ToArray())];

        public void Dispose()
        {
            foreach (var optimization in Optimizations)
                optimization.Dispose();
            Model.Dispose();
            _data.Dispose();
        }
    }
}
