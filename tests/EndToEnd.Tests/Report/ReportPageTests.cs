using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Microsoft.Playwright;
using Orchestrator.Experiments.Tests.Report;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Report;

public sealed class ReportPageTests(Browser browser) : IClassFixture<Browser>
{
    private static SomeSweep.Shape Shape(string name, int[] latents, double[] betas, int seeds, int[] readings, Func<int, SomeSweep.Fate> fate) => new(
        name, ListModule.OfArray(latents), ListModule.OfArray(betas), ListModule.OfArray([2, 3]), seeds, ListModule.OfArray(readings),
        FuncConvert.FromFunc(fate), images: true);

    public static TheoryData<string> Kinds => ["usual", "one trial", "no repeated seeds", "all failed", "running", "named like a script"];

    internal static SomeSweep.Shape Of(string kind) => kind switch
    {
        "usual" => SomeSweep.usual,
        "one trial" => new("one", ListModule.OfArray([8]), ListModule.OfArray([1.0]), ListModule.OfArray([2]), 1, ListModule.OfArray([3]),
            FuncConvert.FromFunc((int _) => SomeSweep.Fate.Completed), images: true),
        "no repeated seeds" => Shape("no-seeds", [2, 8], [1, 4], 1, [3], _ => SomeSweep.Fate.Completed),
        "all failed" => Shape("failed", [2, 8], [1], 1, [3], i => i % 2 == 0 ? SomeSweep.Fate.Failed : SomeSweep.Fate.Diverged),
        "running" => Shape("running", [2, 8], [1, 4], 2, [1, 3], i => i < 5 ? SomeSweep.Fate.Completed : SomeSweep.Fate.NewRunning(2)),
        "named like a script" => Shape("<script>document.title='taken'<", [2, 8], [1, 4], 2, [3], _ => SomeSweep.Fate.Completed),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_page_complains_or_asks_the_network_for_anything(string kind)
    {
        await using var report = await OpenReport.OpenAsync(browser, Of(kind));
        await report.ReadToTheEndAsync();
        report.AssertQuiet();
        Assert.EndsWith("sweep report", await report.Page.TitleAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_page_is_wider_than_a_phone(string kind)
    {
        await using var report = await OpenReport.OpenAsync(browser, Of(kind), width: 390);
        await report.ReadToTheEndAsync();
        Assert.Equal(390, await report.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task A_heading_sorts_its_column_both_ways()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var heading = report.Page.Locator("[data-table='20'] .sort", new() { HasTextString = "latent" });
        await heading.ClickAsync();
        var rows = await report.RowsAsync();
        Assert.EndsWith("latent 2", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("latent 16", rows[^1], StringComparison.Ordinal);
        await heading.ClickAsync();
        Assert.EndsWith("latent 16", (await report.RowsAsync())[0], StringComparison.Ordinal);
        report.AssertQuiet();
    }

    [Fact]
    public async Task A_filter_leaves_the_matching_configurations_and_the_address_keeps_it()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        await report.Page.Locator("#filter").FillAsync("latent 2");
        var rows = await report.RowsAsync();
        Assert.Equal(6, rows.Length);
        Assert.All(rows, row => Assert.EndsWith("latent 2", row, StringComparison.Ordinal));
        await Expect(report.Page.Locator("#count")).ToHaveTextAsync("6 of 18 configurations");

        var address = report.Page.Url;
        await report.Page.GotoAsync("about:blank");
        await report.Page.GotoAsync(address);
        Assert.Equal(6, (await report.RowsAsync()).Length);
    }

    [Fact]
    public async Task A_link_opens_a_section_with_its_reading_and_pair()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var ids = await report.Page.Locator("[data-model]").EvaluateAllAsync<string[]>("cards => cards.map(card => card.dataset.model)");
        await report.Page.GotoAsync("about:blank");
        await report.Page.GotoAsync($"{report.Address}#models?reading=5&left={ids[0]}&right={ids[4]}");
        await Expect(report.Page.Locator("[data-table='5']")).ToBeVisibleAsync();
        await Expect(report.Page.Locator("[data-table='20']")).ToBeHiddenAsync();
        await Expect(report.Page.Locator("[data-model]:visible")).ToHaveCountAsync(2);
        await Expect(report.Page.Locator("#models")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Curves_show_training_beside_validation_where_both_were_measured()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var both = report.Page.GetByLabel("training and validation");
        await report.Page.Locator("#curve-chart").ScrollIntoViewIfNeededAsync();
        await Expect(both).ToBeDisabledAsync();
        await report.Page.Locator("#curve-metric").SelectOptionAsync("val/reconstruction");
        await Expect(both).ToBeEnabledAsync();
        await both.CheckAsync();
        await Expect(report.Page.Locator("#curve-note")).ToContainTextAsync("Dashed: training reconstruction.");
        await both.UncheckAsync();
        await Expect(report.Page.Locator("#curve-note")).Not.ToContainTextAsync("Dashed");
    }

    [Fact]
    public async Task Brushing_an_axis_narrows_the_leaderboard()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var chart = report.Page.Locator("#parallel");
        await chart.ScrollIntoViewIfNeededAsync();
        await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        var box = await chart.BoundingBoxAsync();
        Assert.NotNull(box);

        // The first axis is beta; its highest value, 4, is at the top.
        await report.Page.Mouse.MoveAsync(box.X + 72, box.Y + 34);
        await report.Page.Mouse.DownAsync();
        await report.Page.Mouse.MoveAsync(box.X + 72, box.Y + 60, new() { Steps = 5 });
        await report.Page.Mouse.MoveAsync(box.X + 72, box.Y + 90, new() { Steps = 5 });
        await report.Page.Mouse.UpAsync();
        await Expect(report.Page.Locator("#count")).ToHaveTextAsync("6 of 18 configurations");
        Assert.All(await report.RowsAsync(), row => Assert.StartsWith("beta 4 ", row, StringComparison.Ordinal));

        await report.Page.Locator("#clear").ClickAsync();
        Assert.Equal(18, (await report.RowsAsync()).Length);
        report.AssertQuiet();
    }

    [Fact]
    public async Task An_open_page_follows_a_running_sweep_and_keeps_what_its_reader_chose()
    {
        var folder = "";
        await using var report = await OpenReport.OpenAsync(browser, into => SomeSweep.writeWatched(Of("running"), folder = into));
        await report.Page.Locator("#filter").FillAsync("latent 2");
        await Expect(report.Page.Locator(".facts")).ToContainTextAsync("5 of 16");

        // The sweep ends while the page is open.
        var running = Of("running");
        SomeSweep.writeReport(
            new SomeSweep.Shape(running.Name, running.Latents, running.Betas, running.Depths, running.Seeds, running.Readings,
                FuncConvert.FromFunc((int _) => SomeSweep.Fate.Completed), images: true),
            folder);
        await Expect(report.Page.Locator(".facts")).ToContainTextAsync("16 of 16");
        await Expect(report.Page.Locator("#filter")).ToHaveValueAsync("latent 2");
        Assert.All(await report.RowsAsync(), row => Assert.EndsWith("latent 2", row, StringComparison.Ordinal));
        report.AssertQuiet();
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_the_reader_chooses()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual, scheme: ColorScheme.Dark);
        async Task<string> Paper() => await report.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        var dark = await Paper();
        await report.Page.Locator("#theme").ClickAsync();
        var light = await Paper();
        Assert.Equal("rgb(21, 21, 23)", dark);
        Assert.Equal("rgb(252, 252, 250)", light);
        await report.ReadToTheEndAsync();
        report.AssertQuiet();
    }

    [Fact]
    public async Task Every_figure_can_be_read_without_script()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual, script: false);
        await Expect(report.Page.Locator("[data-table]")).ToHaveCountAsync(2);
        await Expect(report.Page.Locator("[data-table='5']")).ToBeVisibleAsync();
        await Expect(report.Page.Locator("[data-table='20']")).ToBeVisibleAsync();
        await Expect(report.Page.Locator("#filter")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_keyboard_reaches_the_theme_the_filter_and_the_headings()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var reached = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            await report.Page.Keyboard.PressAsync("Tab");
            reached.Add(await report.Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.className"));
        }

        Assert.Superset(new HashSet<string> { "theme", "filter", "sort" }, reached);
    }

    [Fact]
    public async Task Five_hundred_trials_are_all_there()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.large);
        Assert.Equal(100, (await report.RowsAsync()).Length);
        await report.ReadToTheEndAsync();
        report.AssertQuiet();
    }
}
