using System.Collections.Concurrent;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class DownloadTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly HttpClient http = new();
    private readonly Dictionary<string, byte[]> files = new()
    {
        ["train-images"] = Some.IdxImages(600),
        ["train-labels"] = Some.IdxLabels([.. Enumerable.Range(0, 600).Select(i => (byte)(i % 3))]),
        ["test-images"] = Some.IdxImages(50, seed: 2),
        ["test-labels"] = Some.IdxLabels([.. Enumerable.Range(0, 50).Select(i => (byte)(i % 3))]),
    };

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task All_files_are_downloaded_once_and_found_in_the_cache_afterwards()
    {
        using var server = new MirrorServer(asked => MirrorServer.Serve(asked, Content(asked)));
        var dataset = Published(server.Address);
        var loaded = await Load(dataset);
        Assert.Equal(4, server.Requests.Count);
        var again = await Load(dataset);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(files["train-images"][16..], loaded.Train.Pixels.ToArray());
        Assert.Equal(files["test-labels"][8..], again.Test.Labels!.Value.ToArray());
        Assert.Equal(dataset.Fingerprint, loaded.Fingerprint);
        Assert.DoesNotContain(Directory.EnumerateFiles(Cached("")), path => path.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_cut_half_way_is_taken_up_where_it_broke()
    {
        using var server = new MirrorServer(asked => asked.From is null
            ? MirrorServer.Serve(asked, Content(asked)) with { CutAfter = 1000 }
            : MirrorServer.Serve(asked, Content(asked)));
        await Fetch(Published(server.Address));
        Assert.Equal([null, 1000], server.Requests.Select(asked => asked.From));
        Assert.Equal(Content(new Asked("/train-images.gz", null)), File.ReadAllBytes(Cached("train-images.gz")));
    }

    [Fact]
    public async Task Many_cuts_do_not_matter_while_something_arrives()
    {
        using var server = new MirrorServer(asked =>
        {
            var whole = MirrorServer.Serve(asked, Content(asked));
            return whole with { CutAfter = Math.Min(whole.Body.Length, 500) };
        });
        await Fetch(Published(server.Address));
        Assert.True(server.Requests.Count > 10);
    }

    [Fact]
    public async Task A_later_process_goes_on_with_what_an_earlier_one_left()
    {
        var broken = true;
        using var server = new MirrorServer(asked => broken && asked.From is not null
            ? new Answer("503 Service Unavailable", [])
            : MirrorServer.Serve(asked, Content(asked)) with { CutAfter = broken ? 2000 : null });
        await Some.ProblemsOf(() => Fetch(Published(server.Address)));
        broken = false;
        await Fetch(Published(server.Address));
        Assert.Equal(2000, server.Requests.Last().From);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_is_read_from_the_beginning()
    {
        var first = true;
        using var server = new MirrorServer(asked =>
        {
            var cut = first ? 1000 : (int?)null;
            first = false;
            return new Answer("200 OK", Content(asked), CutAfter: cut);
        });
        await Fetch(Published(server.Address));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_part_of_other_content_is_thrown_away_and_fetched_anew()
    {
        using var server = new MirrorServer(asked => MirrorServer.Serve(asked, Content(asked)));
        var dataset = Published(server.Address);
        var part = new PartFile(Cached("train-images.gz"), new Uri(server.Address, "train-images.gz"));
        folder.Write(Path.GetRelativePath(folder.Path, part.Path), Some.Noise(700));
        await Fetch(dataset);
        Assert.Equal([700, null], server.Requests.Select(asked => asked.From));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_part_that_is_already_whole_or_too_long_is_settled(bool tooLong)
    {
        using var server = new MirrorServer(asked => MirrorServer.Serve(asked, Content(asked)));
        var part = new PartFile(Cached("train-images.gz"), new Uri(server.Address, "train-images.gz"));
        var whole = Content(new Asked("/train-images.gz", null));
        folder.Write(Path.GetRelativePath(folder.Path, part.Path), tooLong ? [.. whole, 1] : whole);
        await Fetch(Published(server.Address));
        Assert.Equal(tooLong ? 2 : 1, server.Requests.Count);
    }

    [Fact]
    public async Task Wrong_bytes_are_not_kept_and_the_next_mirror_is_asked()
    {
        using var wrong = new MirrorServer(asked => MirrorServer.Serve(asked, TestFolder.Gzip(Some.IdxImages(600, seed: 9))));
        using var right = new MirrorServer(asked => MirrorServer.Serve(asked, Content(asked)));
        await Fetch(Published(wrong.Address, right.Address));
        Assert.Single(wrong.Requests);
        Assert.Single(right.Requests);
    }

    [Fact]
    public async Task When_every_mirror_fails_each_is_named_with_its_reason_and_the_way_by_hand()
    {
        using var missing = new MirrorServer(_ => new Answer("404 Not Found", []));
        using var wrong = new MirrorServer(asked => MirrorServer.Serve(asked, TestFolder.Gzip([1, 2, 3])));
        using var page = new MirrorServer(asked => MirrorServer.Serve(asked, "<!DOCTYPE html>"u8.ToArray()));
        using var cutting = new MirrorServer(asked => new Answer("200 OK", Content(asked), CutAfter: 0));
        Uri nobody;
        using (var gone = new MirrorServer(_ => new Answer("404 Not Found", [])))
            nobody = gone.Address;
        var problem = Assert.Single(await Some.ProblemsOf(() => Fetch(
            Published(missing.Address, wrong.Address, page.Address, cutting.Address, nobody))));
        Assert.Contains($"{missing.Address}train-images.gz answered 404 Not Found", problem.Cause, StringComparison.Ordinal);
        Assert.Contains($"{wrong.Address}train-images.gz delivered other content", problem.Cause, StringComparison.Ordinal);
        Assert.Contains($"{page.Address}train-images.gz delivered other content", problem.Cause, StringComparison.Ordinal);
        Assert.Contains($"{cutting.Address}train-images.gz ", problem.Cause, StringComparison.Ordinal);
        Assert.Contains("refused", problem.Cause, StringComparison.Ordinal);
        Assert.Contains("by hand", problem.Remedy, StringComparison.Ordinal);
        Assert.Contains("--data", problem.Remedy, StringComparison.Ordinal);
        Assert.False(File.Exists(Cached("train-images.gz")));
    }

    [Fact]
    public async Task After_a_failed_download_the_other_files_on_disk_are_still_checked_but_no_more_is_downloaded()
    {
        using var server = new MirrorServer(_ => new Answer("404 Not Found", []));
        folder.Write("cache/some/test-images", [1]);
        var problems = await Some.ProblemsOf(() => Load(Published(server.Address)));
        Assert.Equal([Cached("train-images.gz"), Cached("test-images")], problems.Select(problem => problem.Where));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_mirror_that_falls_silent_is_given_up()
    {
        using var silent = new MirrorServer(asked => new Answer("200 OK", [], Silent: true));
        using var right = new MirrorServer(asked => MirrorServer.Serve(asked, Content(asked)));
        await Fetch(Published(silent.Address, right.Address), stallLimit: TimeSpan.FromMilliseconds(100));
        Assert.Single(right.Requests);
    }

    [Fact]
    public async Task Two_at_once_download_once()
    {
        using var server = new MirrorServer(asked => MirrorServer.Serve(asked, Content(asked)));
        var dataset = Published(server.Address);
        await Task.WhenAll(Fetch(dataset), Fetch(dataset), Fetch(dataset));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_the_users_problem_and_no_mirrors()
    {
        folder.Write("cache", [1]);
        using var server = new MirrorServer(asked => MirrorServer.Serve(asked, Content(asked)));
        var problem = Assert.Single(await Some.ProblemsOf(() => Fetch(Published(server.Address))));
        Assert.Contains("cannot be stored", problem.Cause, StringComparison.Ordinal);
        Assert.Contains("ORCHESTRATOR_CACHE", problem.Remedy, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Progress_counts_up_to_the_size_of_the_file()
    {
        using var server = new MirrorServer(asked => asked.From is null
            ? MirrorServer.Serve(asked, Content(asked)) with { CutAfter = 1000 }
            : MirrorServer.Serve(asked, Content(asked)));
        var seen = new Recorder();
        await Fetch(Published(server.Address), seen);
        var size = Content(new Asked("/train-images.gz", null)).Length;
        Assert.Equal(new DataProgress("downloading train-images.gz", size, size, "bytes"), seen.Reports.Last());
        Assert.All(seen.Reports, report => Assert.Equal(size, report.Total));
    }

    [Fact]
    public async Task Cancelling_stops_at_once_and_is_no_problem_of_a_mirror()
    {
        using var silent = new MirrorServer(asked => new Answer("200 OK", [], Silent: true));
        using var cancel = new CancellationTokenSource();
        var fetch = Fetch(Published(silent.Address), cancellation: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    private byte[] Content(Asked asked) => TestFolder.Gzip(files[Path.GetFileNameWithoutExtension(asked.Path)]);

    private string Cached(string name) => folder.In(Path.Combine("cache", "some", name));

    private PublishedDataset Published(params Uri[] mirrors)
    {
        PublishedFile File(string name) => new(name, Some.Sha256(files[name]));
        return new PublishedDataset
        {
            Name = "some",
            Description = "",
            Folders = ["some"],
            Mirrors = mirrors,
            TrainImages = File("train-images"),
            TrainLabels = File("train-labels"),
            TestImages = File("test-images"),
            TestLabels = File("test-labels"),
            Shape = new ImageShape(1, 4, 3),
            TrainCount = 5,
            ClassNames = ["a", "b", "c"],
        };
    }

    private DatasetRequest Request(IProgress<DataProgress>? progress = null) =>
        new DatasetRequest(Some.Locations(folder)) with { Http = http, Progress = progress };

    private Task<Dataset> Load(PublishedDataset dataset) =>
        PublishedLoader.LoadAsync(dataset, Request(), CancellationToken.None);

    private Task<string> Fetch(
        PublishedDataset dataset,
        IProgress<DataProgress>? progress = null,
        TimeSpan? stallLimit = null,
        CancellationToken cancellation = default) =>
        FileDownload.FetchAsync(dataset, dataset.TrainImages, Request(progress), cancellation, stallLimit);

    private sealed class Recorder : IProgress<DataProgress>
    {
        public ConcurrentQueue<DataProgress> Reports { get; } = new();

        public void Report(DataProgress value) => Reports.Enqueue(value);
    }
}
