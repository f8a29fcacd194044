using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;

namespace Orchestrator.Core.Catalogue;

/// <summary>What can be said of a data set before it is loaded or downloaded.</summary>
/// <param name="Shape">Images and classes.</param>
/// <param name="TrainingImages">Images to train and validate on.</param>
internal sealed record DatasetFacts(DataShape Shape, int TrainingImages)
{
    private static readonly ImmutableDictionary<string, DatasetFacts> Known = new Dictionary<string, DatasetFacts>
    {
        ["mnist"] = new(new DataShape(new ImageShape(1, 28, 28), 10), 60_000),
        ["fashion-mnist"] = new(new DataShape(new ImageShape(1, 28, 28), 10), 60_000),
        ["dsprites"] = new(new DataShape(new ImageShape(1, 64, 64), 3), 60_000),
        ["shapes"] = new(new DataShape(new ImageShape(1, 28, 28), 3), 10_000),
    }.ToImmutableDictionary();

    /// <summary>The names that are known.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The facts of the data set that a configuration names.</summary>
    public static DatasetFacts Of(ParameterSet parameters) => Known[parameters.Get(Parameters.Dataset)];

    /// <summary>The data set that a configuration names, from the places where a worker looks for it.</summary>
    /// <exception cref="ProblemException">It is not there and cannot be had, or is damaged.</exception>
    public static Dataset Load(
        ParameterSet parameters, string? dataFolder, CancellationToken cancellation, IProgress<DataProgress>? progress = null) =>
        Entry(parameters).LoadAsync(Request(dataFolder) with { Progress = progress }, cancellation).GetAwaiter().GetResult();

    /// <summary>The identity of its content.</summary>
    public static string Fingerprint(ParameterSet parameters, string? dataFolder) =>
        Entry(parameters).FingerprintAsync(Request(dataFolder), CancellationToken.None).GetAwaiter().GetResult();

    private static DatasetEntry Entry(ParameterSet parameters) => DatasetCatalogue.Find(parameters.Get(Parameters.Dataset));

    private static DatasetRequest Request(string? dataFolder) => new(DataLocations.FromEnvironment(dataFolder));
}
