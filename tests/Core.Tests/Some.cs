using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests;

/// <summary>Test data with sensible values, to vary from.</summary>
internal static class Some
{
    /// <summary>A small dense VAE on 500 rendered shapes: 8 batches in an epoch, the last one short.</summary>
    public static ParameterSet Configuration { get; } = ParameterSet.Empty
        .With(DatasetSelection.Dataset, "shapes")
        .With(DatasetSelection.Validation, 9500)
        .With(ModelParameters.Family, "vae")
        .With(DenseNetwork.Hidden, [24])
        .With(ModelParameters.Latent, 3)
        .With(TrainingParameters.BatchSize, 64);

    /// <summary>The same with convolutions.</summary>
    public static ParameterSet Convolutional { get; } = Configuration.Without("hidden")
        .With(ModelParameters.Encoder, "conv").With(ModelParameters.Depth, 2).With(ModelParameters.Width, 4);

    public static TrialSpecification Trial(ParameterSet? parameters = null, params int[] epochs) => new()
    {
        Id = new string('a', 64),
        Parameters = parameters ?? Configuration,
        Seed = 20261121,
        Epochs = epochs.Length == 0 ? [2] : [.. epochs],
    };

    public static TrialEnvironment Environment(string folder) => new()
    {
        Folder = folder,
        ReportEvery = TimeSpan.Zero,
        CheckpointEvery = TimeSpan.FromHours(1),
    };

    public static ImmutableArray<string> Names(IEnumerable<MetricValue> metrics) => [.. metrics.Select(metric => metric.Name).Distinct()];
}
