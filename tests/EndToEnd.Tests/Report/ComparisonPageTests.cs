using Microsoft.Playwright;
using Orchestrator.Experiments.Tests.Report;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Report;

/// <summary>Importance, heat map, trade-offs, architecture and the difference of two trials.</summary>
public sealed class ComparisonPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Importance_lists_every_parameter_with_its_interval()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var rows = await report.Page.Locator("table.importance tbody th").AllTextContentsAsync();
        Assert.Superset(new HashSet<string> { "latent", "beta", "depth" }, rows.ToHashSet());
        await Expect(report.Page.Locator("table.importance tbody tr").First).ToContainTextAsync(" to ");
    }

    [Fact]
    public async Task The_heat_map_follows_its_two_parameters_and_the_address_keeps_them()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        await report.Page.Locator("#heat-across").ScrollIntoViewIfNeededAsync();
        await report.Page.Locator("#heat-across").SelectOptionAsync(new SelectOptionValue { Label = "latent" });
        await Expect(report.Page.Locator("#heat-note")).ToContainTextAsync("Means of up to 3 configurations per cell");
        Assert.Contains("x=latent", report.Page.Url, StringComparison.Ordinal);
        var address = report.Page.Url;
        await report.Page.GotoAsync("about:blank");
        await report.Page.GotoAsync(address);
        Assert.Equal("latent", await report.Page.Locator("#heat-across").EvaluateAsync<string>("select => select.selectedOptions[0].textContent"));
        report.AssertQuiet();
    }

    [Fact]
    public async Task Contours_take_the_place_of_cells_and_the_address_keeps_them()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        await report.Page.Locator("#heat-drawing").ScrollIntoViewIfNeededAsync();
        var canvas = report.Page.Locator("#heat-chart canvas").First;
        await Expect(canvas).ToBeVisibleAsync();
        Task<string> Pixels() => canvas.EvaluateAsync<string>("canvas => canvas.toDataURL()");
        var cells = await Pixels();
        await report.Page.Locator("#heat-drawing").SelectOptionAsync("contours");
        await Expect(report.Page.Locator("#heat-note")).ToContainTextAsync("The surface between the dots");
        Assert.NotEqual(cells, await Pixels());
        Assert.Contains("drawing=contours", report.Page.Url, StringComparison.Ordinal);
        report.AssertQuiet();
    }

    [Fact]
    public async Task What_a_brush_leaves_out_leaves_every_section()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var page = report.Page;
        async Task<int[]> Counts() =>
        [
            await page.Locator("table.leaderboard tbody tr:visible").CountAsync(),
            await page.Locator("[data-model]:visible").CountAsync(),
            await page.Locator("#first-trial option:not([disabled])").CountAsync(),
            await page.Locator("details.architecture:visible").CountAsync(),
            await page.Locator(".lane rect:not(.left-out)").CountAsync(),
        ];
        var before = await Counts();
        await page.Locator("#filter").FillAsync("latent 2");
        await Expect(page.Locator("#count")).ToHaveTextAsync("6 of 18 configurations");
        var after = await Counts();
        Assert.Equal(6, after[0]);
        Assert.Equal(6, after[1]);
        Assert.Equal(30, after[2]);
        Assert.Equal(1, after[3]);
        Assert.InRange(after[4], 30, before[4] / 2);
        Assert.Equal(18, before[1]);
        await page.Locator("#filter").FillAsync("");
        Assert.Equal(before, await Counts());
        report.AssertQuiet();
    }

    [Fact]
    public async Task Every_section_leads_to_the_command_of_its_figures()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var links = await report.Page.Locator(".again a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.Superset(new HashSet<string> { "#again-figures", "#again-curves", "#again-models", "#again-difference", "#again-attempts" }, links.ToHashSet());
        foreach (var link in links.Distinct())
            await Expect(report.Page.Locator(link + " code")).ToHaveCountAsync(1);
        var id = await report.Page.Locator("#first-trial").InputValueAsync();
        await Expect(report.Page.Locator("#again-difference code")).ToContainTextAsync($"./orchestrator show {id} --json");
        await Expect(report.Page.Locator("#again-models code")).ToContainTextAsync("./orchestrator verify ");
    }

    [Fact]
    public async Task The_trade_off_of_time_and_quality_has_a_front_and_a_neutral_metric_has_none()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        await report.Page.Locator("#plane-chart").ScrollIntoViewIfNeededAsync();
        await report.Page.Locator("#plane-across").SelectOptionAsync("time");
        await report.Page.Locator("#plane-up").SelectOptionAsync("val/elbo");
        await Expect(report.Page.Locator("#plane-note")).ToContainTextAsync("of 18 configurations that no other beats in both");
        await report.Page.Locator("#plane-across").SelectOptionAsync("val/active_units");
        await Expect(report.Page.Locator("#plane-note")).ToContainTextAsync("validation active units has no better direction");
        report.AssertQuiet();
    }

    [Fact]
    public async Task Each_different_architecture_stands_once_with_its_parameters()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        await Expect(report.Page.Locator("details.architecture")).ToHaveCountAsync(3);
        await Expect(report.Page.Locator("details.architecture[open] .part").First).ToContainTextAsync("Linear 784→128");
    }

    [Fact]
    public async Task Two_trials_show_what_differs_and_the_address_keeps_them()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        var ids = await report.Page.Locator("#first-trial option").EvaluateAllAsync<string[]>("options => options.map(option => option.value)");
        Assert.Equal(90, ids.Length);
        await report.Page.Locator("#first-trial").SelectOptionAsync(ids[0]);
        await report.Page.Locator("#second-trial").SelectOptionAsync(ids[1]);
        var table = report.Page.Locator("#difference-table");
        await Expect(table).ToContainTextAsync("Parameters: no difference");
        await Expect(table).ToContainTextAsync("seed");
        await Expect(table).Not.ToContainTextAsync("fashion-mnist");
        await report.Page.Locator("#only-differences").UncheckAsync();
        await Expect(table).ToContainTextAsync("fashion-mnist");
        var address = report.Page.Url;
        await report.Page.GotoAsync("about:blank");
        await report.Page.GotoAsync(address);
        Assert.Equal(ids[1], await report.Page.Locator("#second-trial").InputValueAsync());
        report.AssertQuiet();
    }

    [Fact]
    public async Task A_link_puts_brushes_back_and_a_second_load_keeps_them()
    {
        await using var report = await OpenReport.OpenAsync(browser, SomeSweep.usual);
        await report.Page.GotoAsync("about:blank");
        await report.Page.GotoAsync($"{report.Address}#leaderboard?brush=0:1.5~2");
        await Expect(report.Page.Locator("#count")).ToHaveTextAsync("6 of 18 configurations");
        Assert.All(await report.RowsAsync(), row => Assert.StartsWith("beta 4 ", row, StringComparison.Ordinal));
        await report.Page.Locator("#parallel").ScrollIntoViewIfNeededAsync();
        await Expect(report.Page.Locator("#parallel canvas").First).ToBeVisibleAsync();
        await report.Page.ReloadAsync();
        await Expect(report.Page.Locator("#count")).ToHaveTextAsync("6 of 18 configurations");
        report.AssertQuiet();
    }
}
