namespace Orchestrator.Core.Data;

/// <summary>What a parameter of a data set may be.</summary>
public enum DatasetParameterKind
{
    /// <summary>A path to a file or folder; relative ones start at the current folder.</summary>
    Path,

    /// <summary>A whole number, 0 or more.</summary>
    Count,
}

/// <summary>A parameter that a data set of the catalogue takes, in a manifest beside its name.</summary>
/// <param name="Name">The key.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Kind">What it may be.</param>
/// <param name="Default">The value when it is not given; null when there is none.</param>
/// <param name="Required">Whether it must be given.</param>
public sealed record DatasetParameter(
    string Name, string Description, DatasetParameterKind Kind, string? Default = null, bool Required = false);
