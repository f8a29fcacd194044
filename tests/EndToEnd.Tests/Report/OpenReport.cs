using Microsoft.Playwright;
using Orchestrator.Experiments.Tests.Report;

namespace EndToEnd.Tests.Report;

/// <summary>A report written into a folder of its own and opened; remembers everything the page complained of or asked for.</summary>
internal sealed class OpenReport : IAsyncDisposable
{
    private readonly string _folder;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    private OpenReport(string folder, IPage page)
    {
        _folder = folder;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal))
                _requests.Add(request.Url);
        };
    }

    public IPage Page { get; }

    public string Address { get; private init; } = "";

    public static Task<OpenReport> OpenAsync(
        Browser browser, SomeSweep.Shape shape, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true) =>
        OpenAsync(browser, folder => SomeSweep.writeReport(shape, folder), width, scheme, script);

    public static async Task<OpenReport> OpenAsync(
        Browser browser, Func<string, string> write, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var folder = Directory.CreateTempSubdirectory("report-").FullName;
        var path = write(folder);
        var page = await browser.Running.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 844 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
        });
        var report = new OpenReport(folder, page) { Address = new Uri(path).AbsoluteUri };
        await page.GotoAsync(report.Address);
        return report;
    }

    /// <summary>Brings every chart to the screen, so that each is drawn.</summary>
    public async Task ReadToTheEndAsync()
    {
        foreach (var chart in await Page.Locator(".chart:visible").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        }
    }

    /// <summary>Checks that nothing went wrong in the page and nothing left it.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(_complaints);
        Assert.Equal([Address], _requests.Select(url => url.Split('#')[0]).Distinct());
    }

    /// <summary>The labels of the leaderboard's rows on the screen, in order.</summary>
    public Task<string[]> RowsAsync() =>
        Page.Locator("table.leaderboard tbody tr:visible").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.label)");

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
