using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>What a configuration's data set means for its model, and the data set itself.</summary>
/// <param name="Shape">Images and classes.</param>
/// <param name="TrainingImages">Images to train and validate on.</param>
internal sealed record DatasetFacts(DataShape Shape, int TrainingImages)
{
    /// <summary>The parameters that the data set of a configuration reads.</summary>
    public static IReadOnlyList<ParameterDefinition> Reads(ParameterSet parameters) => Entry(parameters).Parameters;

    /// <summary>The facts of the data set that a configuration names; the user's own is read for them, once.</summary>
    /// <exception cref="ProblemException">Own data are not there or damaged.</exception>
    public static DatasetFacts Of(ParameterSet parameters)
    {
        var content = Content(parameters, null);
        return new(new DataShape(content.Shape, content.ClassCount), content.TrainingImages);
    }

    /// <summary>The data set that a configuration names, from the places where a worker looks for it.</summary>
    /// <exception cref="ProblemException">It is not there and cannot be had, or is damaged.</exception>
    public static Dataset Load(
        ParameterSet parameters, string? dataFolder, CancellationToken cancellation, IProgress<DataProgress>? progress = null)
    {
        var entry = Entry(parameters);
        var request = new DatasetRequest(entry.ArgumentsOf(parameters), DataLocations.FromEnvironment(dataFolder), Progress: progress);
        return entry.LoadAsync(request, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>The identity of its content.</summary>
    public static string Fingerprint(ParameterSet parameters, string? dataFolder) => Content(parameters, dataFolder).Fingerprint;

    private static KnownContent Content(ParameterSet parameters, string? dataFolder)
    {
        var entry = Entry(parameters);
        var arguments = entry.ArgumentsOf(parameters);
        return entry.KnownContent(arguments) ?? OwnContent.Of(entry, arguments, dataFolder);
    }

    private static DatasetEntry Entry(ParameterSet parameters) => DatasetCatalogue.Find(parameters.Get(DatasetSelection.Dataset));
}
