using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>The catalogue's entry <c>idx</c>: the user's own IDX files.</summary>
internal static class IdxEntry
{
    private static readonly (Parameter<string> Parameter, string Name)[] Files =
    [
        (DatasetParameters.TrainImages, "train-images-idx3-ubyte"),
        (DatasetParameters.TrainLabels, "train-labels-idx1-ubyte"),
        (DatasetParameters.TestImages, "t10k-images-idx3-ubyte"),
        (DatasetParameters.TestLabels, "t10k-labels-idx1-ubyte"),
    ];

    private static readonly string[] Extensions = ["", ".gz"];

    public static DatasetEntry Entry { get; } = new()
    {
        Name = "idx",
        Description = "Your own IDX files, plain or gzip: grey images as unsigned bytes, with or without labels; a folder with "
            + "MNIST's names (train-images-idx3-ubyte ...), or a path for each file.",
        IsSelfContained = false,
        Parameters =
        [
            DatasetParameters.Path,
            .. Files.Select(file => file.Parameter),
            DatasetParameters.Classes,
            DatasetParameters.Test,
        ],
        Loader = (arguments, _, cancellation) => Task.Run(() => Load(arguments), cancellation),
    };

    private static Dataset Load(ParameterSet arguments)
    {
        var paths = Files.Select(file => Locate(arguments, file.Parameter, file.Name)).ToArray();
        if (paths[0] is null)
            throw new ProblemException(
                $"data set {Entry.Name}",
                OwnPath.Given(arguments, DatasetParameters.Path) is { } folder
                    ? $"There is no {Files[0].Name} (or .gz) in '{folder}'."
                    : "Neither 'path' nor 'train_images' is given.",
                "Give the folder as 'path', or the file of training images as 'train_images'.");
        var problems = new ProblemList();
        IdxArray? Read(int file, Func<string, IdxArray> reader) =>
            paths[file] is { } path ? problems.Try(() => reader(path)) : null;
        var (trainImages, trainLabels) = (Read(0, IdxReader.ReadImages), Read(1, IdxReader.ReadLabels));
        var (testImages, testLabels) = (Read(2, IdxReader.ReadImages), Read(3, IdxReader.ReadLabels));
        problems.ThrowIfAny();
        var classes = Classes(arguments) ?? 256;
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
                + (Classes(arguments) is { } stated ? FormattableString.Invariant($"classes {stated}") : ""));
        return OwnDataset.Create(
            Entry.Name, paths[0]!, train!, test, arguments.Get(DatasetParameters.Test), ClassNames(arguments), Fingerprint);
    }

    private static string? Locate(ParameterSet arguments, Parameter<string> parameter, string name)
    {
        if (OwnPath.Given(arguments, parameter) is { } given)
            return given;
        if (OwnPath.Given(arguments, DatasetParameters.Path) is not { } folder)
            return null;
        if (!Directory.Exists(folder))
            throw new ProblemException($"data set {Entry.Name}", $"There is no folder '{folder}'.", "Correct 'path'.");
        return Extensions.Select(extension => Path.Combine(folder, name + extension)).FirstOrDefault(File.Exists);
    }

    private static int? Classes(ParameterSet arguments) => arguments.Get(DatasetParameters.Classes) is > 0 and var count ? count : null;

    private static string[]? ClassNames(ParameterSet arguments) => Classes(arguments) is { } count
        ? [.. Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))]
        : null;
}
