using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Models.Networks;

namespace Orchestrator.Core.Tests;

/// <summary>Test data with sensible values, to vary from.</summary>
internal static class Some
{
    /// <summary>A small dense VAE on 500 rendered shapes: 8 batches in an epoch, the last one short.</summary>
    public static ParameterSet Configuration { get; } = ParameterSet.Empty
        .With(Parameters.Dataset, "shapes")
        .With(Parameters.Validation, 9500)
        .With(Parameters.Family, "vae")
        .With(DenseNetwork.Hidden, [24])
        .With(Parameters.Latent, 3)
        .With(Parameters.BatchSize, 64);

    /// <summary>The same with convolutions.</summary>
    public static ParameterSet Convolutional { get; } = Configuration.Without("hidden")
        .With(Parameters.Encoder, "conv").With(Parameters.Depth, 2).With(Parameters.Width, 4);

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
