using TorchSharp;

namespace Orchestrator.Core.Training;

/// <summary>Which torch this process computes with.</summary>
public static class TorchProvider
{
    /// <summary>The provider's name, the version of libtorch and how it runs, by name.</summary>
    public static IReadOnlyDictionary<string, string> Facts()
    {
        var assembly = typeof(torch).Assembly.GetName();
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["provider"] = assembly.Name == "TorchSharp" ? "nuget" : "system",
            ["binding"] = $"{assembly.Name} {assembly.Version}",
            ["libtorch"] = torch.__version__,
            ["threads"] = torch.get_num_threads().ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
