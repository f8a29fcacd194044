namespace Orchestrator.Core.Data;

/// <summary>Looks for the files of published data sets under their canonical names, plain or gzip.</summary>
internal static class PublishedLocator
{
    private static readonly string[] Extensions = ["", ".gz"];

    /// <summary>The first place, in the order of the roots, that has the file; null when none has.</summary>
    public static string? Find(PublishedDataset dataset, PublishedFile file, IReadOnlyList<string> roots) =>
        roots.SelectMany(root => Candidates(dataset, file, root)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates(PublishedDataset dataset, PublishedFile file, string root) =>
        from folder in dataset.Folders.Append("")
        from extension in Extensions
        select Path.Combine(root, folder, file.Name + extension);
}
