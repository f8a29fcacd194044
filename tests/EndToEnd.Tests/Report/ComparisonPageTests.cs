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
