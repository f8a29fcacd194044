using System;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

/// <summary>
/// The safety net of a tensor that no scope owns: frees the native tensor when the managed one is unreachable, and
/// tells the garbage collector how much native memory hangs on it. A tensor inside a scope has none, so that
/// short-lived tensors never cost a finaliser.
/// </summary>
internal sealed class TensorReclaimer : IDisposable
{
    // Small tensors are not worth the collector's bookkeeping.
    private const long SmallestReported = 4096;

    private readonly nint handle;
    private readonly long pressure;

    internal TensorReclaimer(nint handle)
    {
        this.handle = handle;
        var bytes = Native.ot_numel(handle) * Native.ot_element_size(handle);
        if (bytes >= SmallestReported)
        {
            pressure = bytes;
            GC.AddMemoryPressure(bytes);
        }
    }

    ~TensorReclaimer()
    {
        RemovePressure();
        Native.ot_tensor_free(handle);
        torch.Tensor.CountReclaimed();
    }

    /// <summary>Someone else owns the native tensor now.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        RemovePressure();
    }

    private void RemovePressure()
    {
        if (pressure > 0)
        {
            GC.RemoveMemoryPressure(pressure);
        }
    }
}
