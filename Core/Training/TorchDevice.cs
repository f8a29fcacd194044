using System.Globalization;
using Orchestrator.Core.Contracts;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training;

/// <summary>The device that a trial asks for.</summary>
public static class TorchDevice
{
    /// <summary>The names of the devices that this process can train on.</summary>
    public static IReadOnlyList<string> Available() =>
        ["cpu", .. Enumerable.Range(0, GpuCount()).Select(gpu => string.Create(CultureInfo.InvariantCulture, $"cuda:{gpu}"))];

    /// <summary>What is wrong with a device's name here, or null.</summary>
    public static Problem? Check(string name)
    {
        var available = Available();
        return available.Contains(name) || (name == "cuda" && available.Count > 1)
            ? null
            : new Problem("device", $"There is no device '{name}' here.", $"Choose one of: {string.Join(", ", available)}.");
    }

    /// <summary>The device of a name.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    internal static Device Of(string name) => Check(name) is { } problem ? throw new ProblemException([problem]) : device(name);

    private static int GpuCount() => cuda.is_available() ? cuda.device_count() : 0;
}
