using System.Runtime.InteropServices;

namespace Orchestrator.Core.Devices;

/// <summary>Tells "no memory left" from other failures, under every provider.</summary>
internal static class MemoryExhaustion
{
    // TorchSharp gives libtorch's message in an ExternalException and no kind; these phrases are those of the CUDA and CPU
    // allocators in libtorch 1.13 to 2.x.
    private static readonly string[] Phrases = ["out of memory", "can't allocate memory", "not enough memory"];

    /// <summary>True when memory ran out.</summary>
    public static bool Is(Exception exception) =>
        exception is OutOfMemoryException
        || (exception is ExternalException && Phrases.Any(phrase => exception.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase)));
}
