using Microsoft.Playwright;
using Orchestrator.Experiments.Tests.Report;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Report;

/// <summary>The decoder in the page against an output computed elsewhere.</summary>
public sealed class LatentPageTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task The_page_decodes_what_the_trained_decoder_decodes(int latent)
    {
        await using var report = await OpenReport.OpenAsync(browser, folder => SomeLatents.writeReport(latent, 0, folder));
        await Expect(report.Page.Locator("#explorer-check")).ToContainTextAsync("checked against the core's own output");
        await Expect(report.Page.Locator("#explorer-sliders input")).ToHaveCountAsync(latent);
        await Expect(report.Page.Locator("#explorer-plane")).ToBeVisibleAsync(new() { Visible = latent == 2 });
        report.AssertQuiet();
    }

    [Fact]
    public async Task A_decoder_that_differs_by_more_than_a_ten_thousandth_is_called_out()
    {
        await using var report = await OpenReport.OpenAsync(browser, folder => SomeLatents.writeReport(2, 2e-4, folder));
        await Expect(report.Page.Locator("#explorer-check")).ToContainTextAsync("do not trust these images");
    }

    [Fact]
    public async Task Sliders_and_arrow_keys_change_the_image()
    {
        await using var report = await OpenReport.OpenAsync(browser, folder => SomeLatents.writeReport(2, 0, folder));
        var page = report.Page;
        Task<string> Pixels() => page.Locator("#explorer-image").EvaluateAsync<string>("canvas => canvas.toDataURL()");
        var before = await Pixels();
        await page.Locator("#explorer-sliders input").First.FillAsync("2");
        var after = await Pixels();
        Assert.NotEqual(before, after);
        await page.Locator("#explorer-plane").FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        Assert.NotEqual(after, await Pixels());
        await Expect(page.Locator("#explorer-sliders output").Nth(1)).ToHaveTextAsync("0.10");
        report.AssertQuiet();
    }

    [Fact]
    public async Task Encoded_images_are_drawn_in_both_projections()
    {
        await using var report = await OpenReport.OpenAsync(browser, folder => SomeLatents.writeReport(2, 0, folder));
        var chart = report.Page.Locator("#latent-chart");
        await chart.ScrollIntoViewIfNeededAsync();
        await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        await report.Page.Locator("#latent-projection").SelectOptionAsync("tsne");
        await report.ReadToTheEndAsync();
        report.AssertQuiet();
    }
}
