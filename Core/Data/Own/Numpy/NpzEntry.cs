using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>The catalogue's entry <c>npz</c>: the user's NumPy arrays.</summary>
internal static class NpzEntry
{
    public static DatasetEntry Entry { get; } = new()
    {
        Name = "npz",
        Description = "Your own NumPy archive: x_train, y_train, x_test, y_test, or x and y; images as uint8 or floats from 0 "
            + "to 1, labels optional.",
        IsSelfContained = false,
        Parameters =
        [
            DatasetParameters.Path,
            DatasetParameters.Test,
        ],
        Loader = (arguments, _, cancellation) => Task.Run(() => Load(arguments), cancellation),
    };

    private static Dataset Load(ParameterSet arguments)
    {
        var path = OwnPath.Required(Entry.Name, arguments, "the .npz file");
        using var archive = NpzArchive.Open(path);
        var problems = new ProblemList();
        var train = problems.Try(() => Part(archive, "x_train", "y_train") ?? Part(archive, "x", "y"));
        var test = problems.Try(() => Part(archive, "x_test", "y_test"));
        problems.ThrowIfAny();
        if (train is null)
            throw new ProblemException(
                path,
                $"It has neither x_train nor x; it has: {string.Join(", ", archive.Names)}.",
                "Save it with numpy.savez(path, x=images, y=labels).");
        return OwnDataset.Create(Entry.Name, path, train, test, arguments.Get(DatasetParameters.Test));
    }

    private static ImageSet? Part(NpzArchive archive, string images, string labels)
    {
        if (archive.Read(images) is not { } pixels)
            return null;
        return archive.Read(labels) is { } classes
            ? NpyImages.Images(pixels, NpyImages.Labels(classes))
            : NpyImages.Images(pixels, labels: null);
    }
}
