using EndToEnd.Tests.Launch;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Report;

/// <summary>Two sweeps that real processes trained, in one report.</summary>
public sealed class CompareCommandTests(Browser browser) : IClassFixture<Browser>
{
    private static string Manifest(string name, int width) => $$"""
        version: 1
        sweep: {{name}}
        dataset: {name: shapes, validation: 9700}
        model: {family: vae, encoder: dense, depth: 1, width: {{width}}}
        training: {batch_size: 32}
        parameters:
          latent: [2, 3]
        seeds: 2
        epochs: [1]
        resources: {workers: 1, threads: 1, device: cpu}
        """;

    private sealed class TwoSweeps() : ProcessSweep("orchestrator", "first.yaml", Manifest("sweep", 8))
    {
        public string Second
        {
            get
            {
                var path = Path.Combine(Path.GetDirectoryName(Results)!, "second.yaml");
                File.WriteAllText(path, Manifest("second", 16));
                return path;
            }
        }
    }

    [Fact]
    public async Task What_each_sweep_fixed_is_what_they_are_compared_by()
    {
        using var sweeps = new TwoSweeps();
        sweeps.Start().EndsWith(0);
        sweeps.Command("run", "--results", sweeps.Results, sweeps.Second).EndsWith(0);
        var page = Path.Combine(sweeps.Results, "both.html");
        var compare = sweeps.Command("compare", "sweep", "second", "--results", sweeps.Results, "--output", page);
        compare.EndsWith(0);

        var opened = await browser.Running.NewPageAsync(new BrowserNewPageOptions());
        await opened.GotoAsync(new Uri(page).AbsoluteUri);
        await Expect(opened.Locator("h1")).ToHaveTextAsync("sweep + second");
        await Expect(opened.Locator(".question")).ToContainTextAsync("latent and width");
        await Expect(opened.Locator("table.leaderboard tbody tr")).ToHaveCountAsync(4);
        await Expect(opened.Locator("#explorer-check")).ToContainTextAsync("checked against the core's own output");
        await Expect(opened.Locator("#provenance")).ToContainTextAsync("./orchestrator compare sweep second");
        await opened.CloseAsync();
    }
}
