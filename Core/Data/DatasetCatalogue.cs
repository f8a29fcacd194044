using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Every data set that manifests can name. To add one: a file with its entry, and a line here.</summary>
public static class DatasetCatalogue
{
    /// <summary>All entries in the order in which help lists them.</summary>
    public static IReadOnlyList<DatasetEntry> Entries { get; } =
    [
        ShapesEntry.Entry,
        DSpritesEntry.Entry,
        MnistEntry.Entry,
        FashionMnistEntry.Entry,
        IdxEntry.Entry,
        FolderEntry.Entry,
        NpzEntry.Entry,
    ];

    /// <summary>The entry with a name, or null.</summary>
    public static DatasetEntry? TryFind(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The entry with a name.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static DatasetEntry Find(string name) => TryFind(name) ?? throw new ProblemException(
        $"data set {name}", "There is no such data set.", $"Known are: {string.Join(", ", Entries.Select(e => e.Name))}.");
}
