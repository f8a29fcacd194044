using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Reads pictures from a folder per class. Classes and files are taken in the order of their names' code points.</summary>
internal static class ClassFolders
{
    private const int ProblemsShown = 20;

    /// <summary>The names of the class folders.</summary>
    /// <exception cref="ProblemException">There are none, or more than 256.</exception>
    public static string[] ClassesOf(string root)
    {
        var classes = Directory.EnumerateDirectories(root).Select(path => Path.GetFileName(path)!)
            .Where(name => name[0] != '.').Order(StringComparer.Ordinal).ToArray();
        if (classes.Length is 0 or > 256)
            throw new ProblemException(
                root,
                classes.Length == 0 ? "It has no folders." : $"It has {classes.Length} folders; at most 256 classes are possible.",
                "Give every class a folder with its pictures.");
        return classes;
    }

    /// <summary>All pictures of all classes.</summary>
    /// <exception cref="ProblemException">Pictures are unreadable or differ in size or channels, or a class has none.</exception>
    public static ImageSet Read(
        string root, string[] classes, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        CheckFolders(root, classes, problems);
        var files = new List<(string Path, byte Label)>();
        for (var label = 0; label < classes.Length; label++)
            files.AddRange(FilesOf(Path.Combine(root, classes[label]), problems).Select(path => (path, (byte)label)));
        problems.ThrowIfAny();
        var shape = PictureFile.Read(files[0].Path).Shape;
        var pixels = PinnedBytes.Allocate((long)files.Count * shape.Pixels, root);
        for (var i = 0; i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var picture = problems.Try(() => ReadAs(shape, files[i].Path, files[0].Path));
            picture?.Pixels.CopyTo(pixels.AsMemory(i * shape.Pixels));
            if (problems.Problems.Count >= ProblemsShown)
                problems.Add(root, $"These are the first {ProblemsShown} problems.", "Put them right and try again.");
            if (problems.Problems.Count > ProblemsShown)
                break;
            if (i % 256 == 255 || i == files.Count - 1)
                progress?.Report(new DataProgress($"reading {root}", i + 1, files.Count, "images"));
        }
        problems.ThrowIfAny();
        return new ImageSet(shape, pixels, files.Select(file => file.Label).ToArray());
    }

    private static Picture ReadAs(ImageShape shape, string path, string first)
    {
        var picture = PictureFile.Read(path);
        return picture.Shape == shape ? picture : throw new ProblemException(
            path,
            $"The picture is {picture.Shape} (channels x height x width), but {first} is {shape}.",
            "Give all pictures one size, and make all of them grey or all of them RGB.");
    }

    private static string[] FilesOf(string folder, ProblemList problems)
    {
        if (!Directory.Exists(folder))
            return [];
        var files = Directory.EnumerateFiles(folder).Where(PictureFile.LooksLikePicture).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
            problems.Add(folder, "It has no pictures (.png, .pgm, .ppm).", "Put pictures there or remove the folder.");
        return files;
    }

    private static void CheckFolders(string root, string[] classes, ProblemList problems)
    {
        foreach (var extra in ClassesOf(root).Except(classes, StringComparer.Ordinal))
            problems.Add(Path.Combine(root, extra), "The training part has no such class.", "Rename or remove the folder.");
    }
}
