using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class PublishedTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_explicit_folder_comes_before_the_environment_and_that_before_the_cache()
    {
        var (first, second) = (Directory.CreateDirectory(folder.In("a")).FullName, Directory.CreateDirectory(folder.In("b")).FullName);
        var locations = DataLocations.Create(first, name => name == DataLocations.DataVariable ? second : "/var/c");
        Assert.Equal([first, second, "/var/c/data"], locations.Roots());
    }

    [Theory]
    [InlineData("/own", "/xdg", "/home/me", "/own/data")]
    [InlineData(null, "/xdg", "/home/me", "/xdg/orchestrator/data")]
    [InlineData("", "relative", "/home/me", "/home/me/.cache/orchestrator/data")]
    [InlineData(null, null, "/home/me", "/home/me/.cache/orchestrator/data")]
    public void The_cache_follows_the_variables(string? own, string? xdg, string? home, string expected)
    {
        var locations = DataLocations.Create(null, name => name switch
        {
            DataLocations.CacheVariable => own,
            "XDG_CACHE_HOME" => xdg,
            "HOME" => home,
            _ => null,
        });
        Assert.Equal(expected, locations.Cache);
    }

    [Fact]
    public void Named_folders_that_do_not_exist_are_all_told()
    {
        var locations = new DataLocations(folder.In("no"), folder.In("neither"), folder.In("cache"));
        var problems = Assert.Throws<Orchestrator.Core.Contracts.ProblemException>(() => locations.Roots()).Problems;
        Assert.Equal(["--data", "ORCHESTRATOR_DATA"], problems.Select(problem => problem.Where));
    }

    [Theory]
    [InlineData("mnist/train-images-idx3-ubyte.gz")]
    [InlineData("mnist/train-images-idx3-ubyte")]
    [InlineData("MNIST/raw/train-images-idx3-ubyte")]
    [InlineData("train-images-idx3-ubyte.gz")]
    public void Files_are_found_in_the_usual_places(string place)
    {
        var path = folder.Write(place, [1]);
        var published = MnistEntry.Published;
        Assert.Equal(path, PublishedLocator.Find(published, published.TrainImages, [folder.In("none"), folder.Path]));
        Assert.Null(PublishedLocator.Find(published, published.TestImages, [folder.Path]));
    }

    [Fact]
    public async Task Files_of_other_content_are_refused_with_both_digests_and_nothing_is_downloaded_over_them()
    {
        var content = Write(MnistEntry.Published);
        var locations = new DataLocations(folder.Path, null, folder.In("cache"));
        var problems = await Some.ProblemsOf(() =>
            DatasetCatalogue.Find("mnist").LoadAsync(new DatasetRequest(locations), CancellationToken.None));
        Assert.Equal(4, problems.Count);
        Assert.Contains(Some.Sha256(content), problems[0].Cause, StringComparison.Ordinal);
        Assert.Contains(MnistEntry.Published.TrainImages.Sha256, problems[0].Cause, StringComparison.Ordinal);
        Assert.Contains("'idx'", problems[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_other_data_set_is_recognised()
    {
        var foreign = new IdxArray("x", [1, 1, 1], new byte[1], FashionMnistEntry.Published.TestImages.Sha256);
        var problem = Some.ProblemOf(() => PublishedDigest.Verify(foreign, MnistEntry.Published, MnistEntry.Published.TestImages));
        Assert.Contains("belongs to fashion-mnist (t10k-images-idx3-ubyte), not to mnist", problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_files_given_as_own_IDX_files_have_the_published_fingerprint()
    {
        var mnist = await RealData.LoadOrSkip("mnist");
        Assert.Equal(
            mnist.Fingerprint,
            (await DatasetCatalogue.Find("mnist").ContentAsync(new DatasetRequest(Some.Locations(folder)), CancellationToken.None)).Fingerprint);
        Assert.Equal("0123c74e5508607dccca7af8bd50fbe99958634823f257a1ff0bad43a20a0c02", mnist.Fingerprint);
        var place = RealData.FolderOf("mnist");
        Assert.Equal(mnist.Fingerprint, (await Some.Load("idx", folder, ("path", place))).Fingerprint);
    }

    [Fact]
    public async Task The_last_five_thousand_of_MNIST_have_the_known_class_counts()
    {
        var mnist = await RealData.LoadOrSkip("mnist");
        int[] lastClassCounts = [489, 530, 493, 509, 499, 458, 482, 563, 494, 483];
        var split = DatasetSplit.Create(mnist, DatasetSplit.DefaultValidationCount, 0, SplitRule.Last);
        var labels = mnist.Train.Labels!.Value;
        Assert.Equal(lastClassCounts, Enumerable.Range(0, 10).Select(c => split.Validation.Count(i => labels.Span[i] == c)));
        Assert.Equal(55_000, split.Train.Count);
    }

    [Fact]
    public async Task A_part_of_the_training_images_is_data_of_its_own_with_the_same_test_images()
    {
        var all = await RealData.LoadOrSkip("fashion-mnist");
        var entry = DatasetCatalogue.Find("fashion-mnist");
        Task<Dataset> Load(int train) => RealData.LoadOrSkip("fashion-mnist", Taking(train));

        var (small, large, whole) = (await Load(100), await Load(1000), await Load(60_000));

        Assert.Equal((100, 1000, 10_000), (small.Train.Count, large.Train.Count, small.Test.Count));
        Assert.Equal(3, new[] { all, small, large }.Select(data => data.Fingerprint).Distinct().Count());
        Assert.Equal(all.Fingerprint, whole.Fingerprint);
        Assert.Equal(small.Fingerprint, entry.KnownContent(Taking(100))!.Fingerprint);
        Assert.Equal(1000, entry.KnownContent(Taking(1000))!.TrainingImages);
        Assert.Equal(10, large.Train.Labels!.Value.ToArray().Distinct().Count());
        string[] Pictures(ImageSet set) => [.. Enumerable.Range(0, set.Count)
            .Select(i => Some.Sha256(set.Image(i).ToArray()) + set.Labels!.Value.Span[i])];
        Assert.Subset(Pictures(large.Train).ToHashSet(), Pictures(small.Train).ToHashSet());
        Assert.Subset(Pictures(all.Train).ToHashSet(), Pictures(large.Train).ToHashSet());
    }

    [Fact]
    public void More_training_images_than_there_are_cannot_be_asked_for()
    {
        var problem = Some.ProblemOf(() => DatasetCatalogue.Find("mnist").KnownContent(Taking(60_001)));
        Assert.Equal("'train' is 60001, and there are 60000 training images.", problem.Cause);
    }

    private static ParameterSet Taking(int train) => ParameterSet.Empty.With(DatasetParameters.Train, train);

    [Fact]
    public async Task The_catalogue_explains_unknown_names_and_arguments()
    {
        Assert.Contains("shapes, dsprites, mnist", Some.ProblemOf(() => DatasetCatalogue.Find("cifar")).Remedy, StringComparison.Ordinal);
        var problems = await Some.ProblemsOf(() => Some.Load("dsprites", folder, ("trian", "5"), ("test", "many"), ("train", "-1")));
        Assert.Equal(
            ["'test': many is not a whole number.", "'train': must be at least 0, got -1.", "It has no parameter 'trian'."],
            problems.Select(problem => problem.Cause));
        Assert.Contains("'path' is missing", Assert.Single(await Some.ProblemsOf(() => Some.Load("npz", folder))).Cause, StringComparison.Ordinal);
        Assert.Equal(DatasetCatalogue.Entries.Count, DatasetCatalogue.Entries.Select(entry => entry.Name).Distinct().Count());
    }

    private byte[] Write(PublishedDataset dataset)
    {
        var images = Some.IdxImages(5);
        foreach (var file in new[] { dataset.TrainImages, dataset.TestImages })
            folder.Write($"mnist/{file.Name}", images);
        foreach (var file in new[] { dataset.TrainLabels, dataset.TestLabels })
            folder.Write($"mnist/{file.Name}", Some.IdxLabels(1, 2, 3, 4, 5));
        return images;
    }
}
