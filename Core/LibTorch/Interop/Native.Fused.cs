using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/fused.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int ot_fused_applies(nint tensor, int* result);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_bernoulli(nint logits, nint images);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_divergence(nint mean, nint logVariance);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_gather(nint images, nint indices);
}
