using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Reads the paths among a data set's arguments.</summary>
internal static class OwnPath
{
    /// <summary>A path as given, or null where none is.</summary>
    public static string? Given(ParameterSet arguments, Parameter<string> parameter) =>
        arguments.Get(parameter) is var path && string.IsNullOrWhiteSpace(path) ? null : path;

    /// <summary>The path of the data.</summary>
    /// <exception cref="ProblemException">It is not given.</exception>
    public static string Required(string dataset, ParameterSet arguments, string meaning) =>
        Given(arguments, DatasetParameters.Path) ?? throw new ProblemException(
            $"data set {dataset}", "'path' is missing.", $"Give it: {meaning}.");
}
