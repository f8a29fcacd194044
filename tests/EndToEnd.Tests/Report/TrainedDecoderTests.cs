using Orchestrator.Experiments.Tests.Report;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Report;

/// <summary>Decoders that the core trained: the page must decode what the core decodes, to 1e-4 of a pixel's range.</summary>
[Collection("torch")]
public sealed class TrainedDecoderTests(Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<string, bool> Models => new()
    {
        { "vae dense", true },
        { "vae conv", true },
        { "vae pooled", true },
        { "vae resnet", true },
        { "cvae conv", true },
        { "ae dense", true },
        { "gan dense", true },
        { "vae large", false },
        { "vae continuous", false },
    };

    private static (string Name, object Value)[] Of(string model) => model switch
    {
        "vae dense" => [("family", "vae"), ("depth", 1), ("width", 24), ("latent", 2)],
        "vae conv" => [("family", "vae"), ("encoder", "conv"), ("depth", 2), ("width", 4), ("latent", 3), ("likelihood", "gaussian-learned")],
        "vae pooled" => [("family", "vae"), ("encoder", "conv"), ("depth", 2), ("width", 4), ("latent", 2), ("downsampling", "pool"), ("pad_to", 30)],
        "vae resnet" => [("family", "vae"), ("encoder", "resnet"), ("depth", 2), ("width", 4), ("latent", 2)],
        "cvae conv" => [("family", "cvae"), ("encoder", "conv"), ("depth", 2), ("width", 4), ("latent", 2)],
        "ae dense" => [("family", "ae"), ("depth", 1), ("width", 24), ("latent", 4)],
        "gan dense" => [("family", "gan"), ("depth", 1), ("width", 24), ("latent", 4), ("noise_distribution", "uniform")],
        "vae large" => [("family", "vae"), ("depth", 1), ("width", 400), ("latent", 8)],
        "vae continuous" => [("family", "vae"), ("depth", 1), ("width", 24), ("latent", 2), ("likelihood", "continuous-bernoulli")],
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "no such model"),
    };

    [Fact]
    public async Task Five_hundred_trials_that_left_everything_fill_less_than_five_megabytes_and_open()
    {
        var folder = Directory.CreateTempSubdirectory("decoder-").FullName;
        try
        {
            var files = TrainedDecoder.Train(folder, ("family", "vae"), ("depth", 2), ("width", 128), ("latent", 2));
            var bytes = 0L;
            string Write(string into)
            {
                var path = SomeLatents.writeFilesOf(SomeSweep.large, files, into);
                bytes = new FileInfo(path).Length;
                return path;
            }

            await using var report = await OpenReport.OpenAsync(browser, Write);
            Assert.InRange(bytes, 3_000_000, 5_000_000);
            Assert.Equal(100, (await report.RowsAsync()).Length);
            var moments = await report.Page.EvaluateAsync<string>(
                "() => { const t = performance.getEntriesByType('navigation')[0]; return `${Math.round(t.domContentLoadedEventEnd)} ms to the end of its script, ${Math.round(t.loadEventEnd)} ms to the load event`; }");
            TestContext.Current.SendDiagnosticMessage($"500 trials: {bytes} bytes, {moments}");
            if (Environment.GetEnvironmentVariable("ORCHESTRATOR_SCREENSHOTS") is { Length: > 0 } screenshots)
                await File.WriteAllTextAsync(Path.Combine(screenshots, "500-trials.txt"), $"{bytes} bytes, {moments}\n");
            await report.ReadToTheEndAsync();
            report.AssertQuiet();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task The_page_decodes_what_the_core_decodes_or_shows_what_it_decoded(string model, bool byWeights)
    {
        var folder = Directory.CreateTempSubdirectory("decoder-").FullName;
        try
        {
            var files = TrainedDecoder.Train(folder, Of(model));
            await using var report = await OpenReport.OpenAsync(browser, TrainedDecoder.Report(files));
            await Expect(report.Page.Locator("#explorer-check")).ToContainTextAsync(
                byWeights ? "checked against the core's own output" : "decoded by the core itself in advance");
            await report.ReadToTheEndAsync();
            report.AssertQuiet();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
