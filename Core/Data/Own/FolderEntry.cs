using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>The catalogue's entry <c>folder</c>: the user's pictures, a folder per class.</summary>
internal static class FolderEntry
{
    public static DatasetEntry Entry { get; } = new()
    {
        Name = "folder",
        Description = "Your own pictures (PNG, PGM, PPM; grey or RGB, all of one size), a folder per class: PATH/CLASS/*.png, "
            + "or PATH/train/CLASS/*.png and PATH/test/CLASS/*.png.",
        IsSelfContained = false,
        Parameters =
        [
            DatasetParameters.Path,
            DatasetParameters.Test,
        ],
        Loader = (arguments, request, cancellation) => Task.Run(() => Load(arguments, request, cancellation), cancellation),
    };

    private static Dataset Load(ParameterSet arguments, DatasetRequest request, CancellationToken cancellation)
    {
        var root = OwnPath.Required(Entry.Name, arguments, "the folder that has a folder per class");
        if (!Directory.Exists(root))
            throw new ProblemException($"data set {Entry.Name}", $"There is no folder '{root}'.", "Correct 'path'.");
        var (train, test) = (Path.Combine(root, "train"), Path.Combine(root, "test"));
        if (!Directory.Exists(train))
        {
            var classes = ClassFolders.ClassesOf(root);
            var all = ClassFolders.Read(root, classes, request.Progress, cancellation);
            return OwnDataset.Create(Entry.Name, root, all, null, arguments.Get(DatasetParameters.Test), classes);
        }
        var names = ClassFolders.ClassesOf(train);
        var trainSet = ClassFolders.Read(train, names, request.Progress, cancellation);
        var testSet = Directory.Exists(test) ? ClassFolders.Read(test, names, request.Progress, cancellation) : null;
        return OwnDataset.Create(Entry.Name, root, trainSet, testSet, arguments.Get(DatasetParameters.Test), names);
    }
}
