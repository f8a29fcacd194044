using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/optim.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int ot_adam_step(AdamSettings* settings, nint* parameters, nint* means, nint* squares, nint* largest, long* steps, int count);

    [LibraryImport(Library)]
    internal static partial int ot_sgd_step(SgdSettings* s, nint* parameters, nint* buffers, int count);

    [LibraryImport(Library)]
    internal static partial int ot_rmsprop_step(RmsPropSettings* s, nint* parameters, nint* squares, nint* buffers, nint* averages, long* steps, int count);

    [LibraryImport(Library)]
    internal static partial int ot_adadelta_step(AdadeltaSettings* s, nint* parameters, nint* squares, nint* deltas, long* steps, int count);

    [LibraryImport(Library)]
    internal static partial int ot_zero_grad(nint* parameters, int count, int setToNone);

    [LibraryImport(Library)]
    internal static partial int ot_clip_grad_norm(nint* parameters, int count, double maxNorm, double normType, double* result);

    [LibraryImport(Library)]
    internal static partial int ot_clip_grad_value(nint* parameters, int count, double value);
}
