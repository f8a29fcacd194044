using Microsoft.Playwright;
using Orchestrator.Experiments.Tests.Report;

namespace EndToEnd.Tests.Report;

/// <summary>
/// Pictures of the report for people to look at: light, dark, as on a phone, on paper. They are written into the folder
/// that ORCHESTRATOR_SCREENSHOTS names; where it names none there is nothing to do.
/// </summary>
public sealed class ScreenshotTests(Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<string> Kinds => [.. ReportPageTests.Kinds, "latent"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_page_is_photographed(string kind)
    {
        var folder = Environment.GetEnvironmentVariable("ORCHESTRATOR_SCREENSHOTS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "ORCHESTRATOR_SCREENSHOTS names no folder");
        string Write(string into) => kind == "latent" ? SomeLatents.writeReport(2, 0, into) : SomeSweep.writeReport(ReportPageTests.Of(kind), into);
        foreach (var (name, width, scheme) in new[]
        {
            ("light", 1280, ColorScheme.Light), ("dark", 1280, ColorScheme.Dark), ("phone", 390, ColorScheme.Light), ("print", 794, ColorScheme.Light),
        })
        {
            await using var report = await OpenReport.OpenAsync(browser, Write, width, scheme);
            await report.ReadToTheEndAsync();
            if (name == "print")
                await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
            var file = Path.Combine(folder!, $"{kind.Replace(' ', '-')}-{name}.png");
            await report.Page.ScreenshotAsync(new() { Path = file, FullPage = true });
            Assert.True(new FileInfo(file).Length > 0);
        }
    }
}
