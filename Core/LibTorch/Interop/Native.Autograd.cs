using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/autograd.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int ot_backward(nint* outputs, int count, nint* gradients, int gradientCount, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int ot_autograd_grad(nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ot_grad_mode_enabled();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void ot_set_grad_mode(int enabled);

    [LibraryImport(Library)]
    internal static partial int ot_inference_mode_enter(int enabled, nint* result);

    [LibraryImport(Library)]
    internal static partial void ot_inference_mode_leave(nint guard);

    [LibraryImport(Library)]
    internal static partial int ot_inference_mode_enabled();

    [LibraryImport(Library)]
    internal static partial int ot_anomaly_enabled();

    [LibraryImport(Library)]
    internal static partial int ot_anomaly_check_nan();

    [LibraryImport(Library)]
    internal static partial void ot_set_anomaly(int enabled, int checkNan);
}
