using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Evaluation;

/// <summary>Real data against figures of an independent implementation; skipped where Fashion-MNIST is not at hand.</summary>
[Collection("torch")]
public sealed class FashionMnistTests
{
    [Fact]
    public void One_epoch_of_the_two_dimensional_autoencoder_lands_among_the_reference_runs()
    {
        var data = Environment.GetEnvironmentVariable("ORCHESTRATOR_DATA");
        Assert.SkipWhen(data is null, "ORCHESTRATOR_DATA names no folder");
        using var folder = new TemporaryFolder();
        var parameters = ParameterSet.Empty
            .With(DatasetSelection.Dataset, "fashion-mnist").With(DatasetSelection.Validation, 0)
            .With(ModelParameters.Family, "ae").With(DenseNetwork.Hidden, []).With(ModelParameters.Latent, 2)
            .With(AutoencoderFamily.CodeActivation, "relu")
            .With(ObjectiveParameters.Likelihood, "mse").With(ObjectiveParameters.OutputActivation, "sigmoid").With(ObjectiveParameters.Reduction, "mean")
            .With(ModelParameters.Init, "keras").With(TrainingParameters.AdamEpsilon, 1e-7).With(TrainingParameters.BatchSize, 32);
        Assert.Empty(Configurations.Check(parameters));

        var outcome = Trainer.Train(Some.Trial(parameters, 1), Some.Environment(folder.Path), new RecordingObserver(), default);

        Assert.Null(outcome.Error);
        var figures = outcome.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.InRange(figures["train/loss"], 0.066, 0.070);
        Assert.InRange(figures["test/mse"], 0.0565, 0.0590);
        // The same figure in nats, through the density of a Gaussian of variance 1/2.
        Assert.Equal(784 * (figures["test/mse"] + 0.5 * Math.Log(Math.PI)), figures["test/reconstruction"], 3);
    }
}
