using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>The catalogue's entry <c>idx</c>: the user's own IDX files.</summary>
internal static class IdxEntry
{
    private static readonly (string Parameter, string Name)[] Files =
    [
        ("train_images", "train-images-idx3-ubyte"),
        ("train_labels", "train-labels-idx1-ubyte"),
        ("test_images", "t10k-images-idx3-ubyte"),
        ("test_labels", "t10k-labels-idx1-ubyte"),
    ];

    private static readonly string[] Extensions = ["", ".gz"];

    public static DatasetEntry Entry { get; } = new()
    {
        Name = "idx",
        Description = "Your own IDX files, plain or gzip: grey images as unsigned bytes, with or without labels.",
        IsSelfContained = false,
        Parameters =
        [
            new("path", "the folder with the files under MNIST's names (train-images-idx3-ubyte ...), with or without .gz",
                DatasetParameterKind.Path),
            new("train_images", "the file of training images, when it has another name", DatasetParameterKind.Path),
            new("train_labels", "the file of training labels", DatasetParameterKind.Path),
            new("test_images", "the file of test images", DatasetParameterKind.Path),
            new("test_labels", "the file of test labels", DatasetParameterKind.Path),
            new("classes", "the number of classes; the largest label decides when not given", DatasetParameterKind.Count),
            HeldOut.Parameter,
        ],
        Loader = (arguments, _, cancellation) => Task.Run(() => Load(arguments), cancellation),
    };

    private static Dataset Load(DatasetArguments arguments)
    {
        var paths = Files.Select(file => Locate(arguments, file.Parameter, file.Name)).ToArray();
        if (paths[0] is null)
            throw new ProblemException(
                $"data set {Entry.Name}",
                arguments.Text("path") is { } folder
                    ? $"There is no {Files[0].Name} (or .gz) in '{folder}'."
                    : "Neither 'path' nor 'train_images' is given.",
                "Give the folder as 'path', or the file of training images as 'train_images'.");
        var problems = new ProblemList();
        IdxArray? Read(int file, Func<string, IdxArray> reader) =>
            paths[file] is { } path ? problems.Try(() => reader(path)) : null;
        var (trainImages, trainLabels) = (Read(0, IdxReader.ReadImages), Read(1, IdxReader.ReadLabels));
        var (testImages, testLabels) = (Read(2, IdxReader.ReadImages), Read(3, IdxReader.ReadLabels));
        problems.ThrowIfAny();
        var classes = arguments.Count("classes") ?? 256;
        var train = problems.Try(() => LabelledImages.Join(trainImages!, trainLabels, classes));
        var test = testImages is null ? null : problems.Try(() => LabelledImages.Join(testImages, testLabels, classes));
        problems.ThrowIfAny();
        // The files alone identify the content, so MNIST's own files have MNIST's fingerprint here too.
        string Fingerprint(ImageSet _, ImageSet heldOut) => DatasetFingerprint.OfFiles(
            trainImages!.Sha256,
            trainLabels?.Sha256,
            testImages?.Sha256,
            testLabels?.Sha256,
            (testImages is null ? FormattableString.Invariant($"held out {heldOut.Count}") : "")
                + (arguments.Text("classes") is { } stated ? $"classes {stated}" : ""));
        return OwnDataset.Create(
            Entry.Name, paths[0]!, train!, test, arguments.Count("test"), ClassNames(arguments), Fingerprint);
    }

    private static string? Locate(DatasetArguments arguments, string parameter, string name)
    {
        if (arguments.Text(parameter) is { } given)
            return given;
        if (arguments.Text("path") is not { } folder)
            return null;
        if (!Directory.Exists(folder))
            throw new ProblemException($"data set {Entry.Name}", $"There is no folder '{folder}'.", "Correct 'path'.");
        return Extensions.Select(extension => Path.Combine(folder, name + extension)).FirstOrDefault(File.Exists);
    }

    private static string[]? ClassNames(DatasetArguments arguments) => arguments.Count("classes") is { } count
        ? [.. Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))]
        : null;
}
