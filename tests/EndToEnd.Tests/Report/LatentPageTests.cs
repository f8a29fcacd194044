using Microsoft.Playwright;
using Orchestrator.Experiments.Tests.Report;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Tests.Report;

/// <summary>The decoder in the page against an output computed elsewhere, and the encoded images.</summary>
public sealed class LatentPageTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task The_page_decodes_what_the_decoder_decodes(int latent)
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

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_decoder_that_is_too_large_shows_the_nearest_image_that_was_decoded_in_advance(int latent)
    {
        await using var report = await OpenReport.OpenAsync(browser, folder => SomeLatents.writeSprites(latent, folder));
        await Expect(report.Page.Locator("#explorer-check")).ToContainTextAsync("decoded by the core itself in advance");
        await report.Page.Locator("#explorer-sliders input").First.FillAsync("1.4");

        // The first slider is the first row of the lines, or the columns of the plane: step 3 of 0 to 4.
        await Expect(report.Page.Locator("#explorer-sliders output").First).ToHaveTextAsync("1.50");
        var middle = latent == 2 ? 2 : 0;
        await Expect(report.Page.Locator("#explorer-image")).ToHaveJSPropertyAsync("width", 8);
        await report.Page.WaitForFunctionAsync(
            "expected => document.getElementById('explorer-image').getContext('2d').getImageData(4, 4, 1, 1).data[0] === expected",
            40 * 3 + 8 * middle);
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

    [Fact]
    public async Task Pointing_at_an_encoded_image_shows_its_picture()
    {
        await using var report = await OpenReport.OpenAsync(browser, folder => SomeLatents.writeReport(5, 0, folder));
        var chart = report.Page.Locator("#latent-chart");
        await chart.ScrollIntoViewIfNeededAsync();
        await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        var box = (await chart.BoundingBoxAsync())!;

        // Sixty points in three clouds: a walk over the chart meets one.
        for (var i = 0; i < 900 && await report.Page.Locator(".thumbnail").CountAsync() == 0; i++)
            await report.Page.Mouse.MoveAsync(box.X + 30 + i % 45 * (box.Width - 60) / 45, box.Y + 10 + i / 45 * (box.Height - 40) / 20);
        var picture = report.Page.Locator(".thumbnail");
        await Expect(picture).ToBeVisibleAsync();
        var index = await report.Page.Locator(".tip-line").First.TextContentAsync();

        // The picture of image 7k, the k-th, is of the grey 4k.
        var place = int.Parse(index!.Replace("test image ", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) / 7;
        Assert.Equal(4 * place, await picture.EvaluateAsync<int>("canvas => canvas.getContext('2d').getImageData(3, 3, 1, 1).data[0]"));
        report.AssertQuiet();
    }
}
