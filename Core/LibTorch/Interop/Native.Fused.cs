using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/fused.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int ot_fused_applies(nint a, nint b, int* result);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_bernoulli(nint logits, nint images);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_sigmoid(nint x);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_cross_entropy(nint logits, double target);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_divergence(nint mean, nint logVariance);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_gather(nint images, nint indices);

    [LibraryImport(Library)]
    internal static partial nint ot_fused_conv_transpose2d(nint x, nint weight, nint bias, long* stride, long* padding, long* outputPadding, long* dilation);
}
