namespace Orchestrator.Core.Data;

/// <summary>A file that a data set consists of.</summary>
/// <param name="Name">Its canonical name.</param>
/// <param name="Path">Where it was found; null when it is nowhere yet.</param>
public sealed record DatasetFile(string Name, string? Path);
