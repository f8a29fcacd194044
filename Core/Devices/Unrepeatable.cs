using System.Runtime.InteropServices;

namespace Orchestrator.Core.Devices;

/// <summary>Tells "this operator has no deterministic form" from other failures: libtorch says it in words alone.</summary>
internal static class Unrepeatable
{
    private const string Phrase = "does not have a deterministic implementation";

    /// <summary>True when the parameter <c>deterministic</c> asks for what an operator does not have.</summary>
    public static bool Is(Exception exception) =>
        exception is ExternalException && exception.Message.Contains(Phrase, StringComparison.Ordinal);

    /// <summary>The failure for people.</summary>
    public static string Explain(Exception exception) =>
        $"{DeviceParameters.Deterministic.Name}: {exception.Message.Split(Phrase)[0].Trim()} cannot be repeated bit by bit on this device. "
        + $"Choose other layers, or leave {DeviceParameters.Deterministic.Name} at false.";
}
