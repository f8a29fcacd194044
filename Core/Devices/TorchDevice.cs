using System.Globalization;
using Orchestrator.Core.Contracts;
using static TorchSharp.torch;

namespace Orchestrator.Core.Devices;

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
        if (available.Contains(name) || (name == "cuda" && available.Count > 1))
            return null;
        var choice = $"Choose one of: {string.Join(", ", available)}.";
        if (available.Count > 1 || !name.StartsWith("cuda", StringComparison.Ordinal))
            return new Problem("device", $"There is no device '{name}' here.", choice);
        var (cause, remedy) = DeviceRuntime.Current.WhyNoCuda();
        return new Problem("device", $"There is no device '{name}' here. {cause}", $"{choice} {remedy}");
    }

    /// <summary>A device for people, such as its name and memory; its own name where nothing more is known.</summary>
    public static string Describe(string name)
    {
        var index = name.StartsWith("cuda", StringComparison.Ordinal) ? Of(name).index : -1;
        return index >= 0 && DeviceRuntime.Current.Describe(index) is { } description ? $"{name} ({description})" : name;
    }

    /// <summary>Why there is no CUDA device here and what to do; null where there is one.</summary>
    public static Problem? WhyNoCuda() => GpuCount() > 0 ? null : Check("cuda");

    /// <summary>The device of a name.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    internal static Device Of(string name) => Check(name) is { } problem
        ? throw new ProblemException([problem])
        // A device without a number means another one after a selection.
        : device(name == "cuda" ? "cuda:0" : name);

    private static int GpuCount() => cuda.is_available() ? cuda.device_count() : 0;
}
