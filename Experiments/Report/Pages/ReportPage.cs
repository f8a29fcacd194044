using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Report.Model;

namespace Orchestrator.Report;

/// <summary>Renders a report to one complete HTML document.</summary>
public static class ReportPage
{
    /// <summary>The whole document. The same model gives the same text.</summary>
    public static string Render(ReportModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var services = new ServiceCollection().AddLogging();
        using var provider = services.BuildServiceProvider();
        return RenderAsync(model, provider).GetAwaiter().GetResult();
    }

    private static async Task<string> RenderAsync(ReportModel model, ServiceProvider provider)
    {
        await using var renderer = new HtmlRenderer(provider, provider.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Document.Model)] = model,
            [nameof(Document.Script)] = Asset("report.js"),
            [nameof(Document.Style)] = Asset("report.css"),
        });
        var body = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<Document>(parameters)).ToHtmlString());
        return "<!DOCTYPE html>\n" + body;
    }

    // The policy names a digest of these very characters: line ends must be what the browser hashes.
    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} was not built into the report's assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }

    /// <summary>The source expression of a content-security policy that allows exactly this text.</summary>
    internal static string Digest(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
