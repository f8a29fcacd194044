using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class OwnDataTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task IDX_files_in_a_folder_load_under_their_canonical_names()
    {
        folder.Write("train-images-idx3-ubyte.gz", TestFolder.Gzip(Some.IdxImages(6)));
        folder.Write("train-labels-idx1-ubyte", Some.IdxLabels(0, 1, 2, 0, 1, 2));
        folder.Write("t10k-images-idx3-ubyte", Some.IdxImages(2, seed: 2));
        folder.Write("t10k-labels-idx1-ubyte", Some.IdxLabels(0, 3));
        var dataset = await Some.Load("idx", folder, ("path", folder.Path));
        Assert.Equal((6, 2, 4), (dataset.Train.Count, dataset.Test.Count, dataset.ClassCount));
        Assert.Equal(["0", "1", "2", "3"], dataset.ClassNames);
        Assert.Equal(new ImageShape(1, 4, 3), dataset.Shape);
    }

    [Fact]
    public async Task IDX_files_without_a_test_part_hold_some_out_and_the_choice_is_in_the_fingerprint()
    {
        var path = folder.Write("mine", Some.IdxImages(70));
        var dataset = await Some.Load("idx", folder, ("train_images", path));
        Assert.Equal((60, 10, 0), (dataset.Train.Count, dataset.Test.Count, dataset.ClassCount));
        Assert.Null(dataset.Train.Labels);
        var other = await Some.Load("idx", folder, ("train_images", path), ("test", "20"));
        Assert.Equal(20, other.Test.Count);
        Assert.NotEqual(dataset.Fingerprint, other.Fingerprint);
        var images = dataset.Train.Pixels.ToArray().Chunk(12).Concat(dataset.Test.Pixels.ToArray().Chunk(12));
        Assert.Equal(70, images.Select(Convert.ToBase64String).Distinct().Count());
    }

    [Fact]
    public async Task Problems_of_several_IDX_files_are_told_at_once()
    {
        var (images, labels) = (folder.Write("images", [1, 2, 3]), folder.Write("labels", []));
        var problems = await Some.ProblemsOf(() =>
            Some.Load("idx", folder, ("train_images", images), ("train_labels", labels), ("test_images", folder.In("none"))));
        Assert.Equal([images, labels, folder.In("none")], problems.Select(problem => problem.Where));
    }

    [Theory]
    [InlineData("test", "71", "71 of 70 images cannot be held out")]
    [InlineData("test", "70", "70 of 70 images cannot be held out")]
    [InlineData("classes", "2", "1 labels are out of range")]
    public async Task Impossible_arguments_for_IDX_files_are_explained(string name, string value, string expected)
    {
        var images = folder.Write("images", Some.IdxImages(70));
        var labels = folder.Write("labels", Some.IdxLabels([2, .. new byte[69]]));
        var problem = Assert.Single(await Some.ProblemsOf(() =>
            Some.Load("idx", folder, ("train_images", images), ("train_labels", labels), (name, value))));
        Assert.Contains(expected, problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_of_different_size_or_with_half_the_labels_are_refused()
    {
        var (train, test) = (folder.Write("a", Some.IdxImages(6)), folder.Write("b", Some.IdxImages(6, 5)));
        var labels = folder.Write("c", Some.IdxLabels(0, 1, 0, 1, 0, 1));
        var problems = await Some.ProblemsOf(() =>
            Some.Load("idx", folder, ("train_images", train), ("test_images", test), ("train_labels", labels)));
        Assert.Contains("Training images are 1x4x3 and test images 1x5x3", problems[0].Cause, StringComparison.Ordinal);
        Assert.Contains("Only the training part has labels", problems[1].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_given_or_nothing_there_is_explained()
    {
        Assert.Contains("Neither", Assert.Single(await Some.ProblemsOf(() => Some.Load("idx", folder))).Cause, StringComparison.Ordinal);
        Assert.Contains(
            "no train-images-idx3-ubyte",
            Assert.Single(await Some.ProblemsOf(() => Some.Load("idx", folder, ("path", folder.Path)))).Cause,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_per_class_loads_with_the_folders_names()
    {
        WritePictures("dog", 5);
        WritePictures("cat", 9);
        folder.Write("cat/notes.txt", [1]);
        folder.Write("dog/last.pgm", [.. "P5 3 4 255\n"u8, .. new byte[12]]);
        var dataset = await Some.Load("folder", folder, ("path", folder.Path), ("test", "4"));
        Assert.Equal(["cat", "dog"], dataset.ClassNames);
        Assert.Equal((11, 4), (dataset.Train.Count, dataset.Test.Count));
        var labels = dataset.Train.Labels!.Value.ToArray().Concat(dataset.Test.Labels!.Value.ToArray());
        Assert.Equal(6, labels.Count(label => label == 1));
        Assert.Equal(dataset.Fingerprint, (await Some.Load("folder", folder, ("path", folder.Path), ("test", "4"))).Fingerprint);
    }

    [Fact]
    public async Task Folders_train_and_test_are_the_parts()
    {
        WritePictures("train/a", 3, channels: 3);
        WritePictures("train/b", 3, channels: 3);
        WritePictures("test/b", 2, channels: 3);
        var dataset = await Some.Load("folder", folder, ("path", folder.Path));
        Assert.Equal((6, 2, 3), (dataset.Train.Count, dataset.Test.Count, dataset.Shape.Channels));
        Assert.Equal([1, 1], dataset.Test.Labels!.Value.ToArray());
    }

    [Fact]
    public async Task Mixed_sizes_channels_and_formats_are_all_explained()
    {
        WritePictures("a", 1);
        folder.Write("a/colour.png", PngWriter.Encode(new Picture(new ImageShape(3, 4, 3), new byte[36])));
        folder.Write("a/large.png", PngWriter.Encode(new Picture(new ImageShape(1, 5, 3), new byte[15])));
        folder.Write("a/photo.jpg", [0xff, 0xd8, 0xff, 0xe0]);
        folder.Write("a/zero.png", []);
        var causes = (await Some.ProblemsOf(() => Some.Load("folder", folder, ("path", folder.Path)))).Select(p => p.Cause).ToArray();
        Assert.Equal(4, causes.Length);
        Assert.Contains("is 3x4x3 (channels x height x width), but", causes[0], StringComparison.Ordinal);
        Assert.Contains("is 1x5x3", causes[1], StringComparison.Ordinal);
        Assert.Contains("a JPEG picture; PNG, PGM and PPM are read", causes[2], StringComparison.Ordinal);
        Assert.Contains("an empty file", causes[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_twenty_problems_a_folder_stops_reading()
    {
        WritePictures("a", 1);
        for (var i = 0; i < 40; i++)
            folder.Write($"a/x{i}.png", [1]);
        Assert.Equal(21, (await Some.ProblemsOf(() => Some.Load("folder", folder, ("path", folder.Path)))).Count);
    }

    [Fact]
    public async Task Empty_and_surplus_class_folders_are_told()
    {
        WritePictures("train/a", 1);
        Directory.CreateDirectory(folder.In("train/b"));
        WritePictures("test/c", 1);
        var train = Assert.Single(await Some.ProblemsOf(() => Some.Load("folder", folder, ("path", folder.Path))));
        Assert.Equal(folder.In("train/b"), train.Where);
        Directory.Delete(folder.In("train/b"));
        var test = await Some.ProblemsOf(() => Some.Load("folder", folder, ("path", folder.Path)));
        Assert.Contains("no such class", test[0].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_classes_or_that_is_missing_is_told()
    {
        Assert.Contains(
            "no folders", Assert.Single(await Some.ProblemsOf(() => Some.Load("folder", folder, ("path", folder.Path)))).Cause, StringComparison.Ordinal);
        Assert.Contains(
            "no folder", Assert.Single(await Some.ProblemsOf(() => Some.Load("folder", folder, ("path", folder.In("x"))))).Cause, StringComparison.Ordinal);
    }

    private void WritePictures(string name, int count, int channels = 1)
    {
        for (var i = 0; i < count; i++)
        {
            var shape = new ImageShape(channels, 4, 3);
            folder.Write($"{name}/{i}.png", PngWriter.Encode(new Picture(shape, Some.Noise(shape.Pixels, i + name.Length * 100))));
        }
    }
}
