using System;
using System.Runtime.InteropServices;
using Orchestrator.LibTorch.Interop;

namespace Orchestrator.LibTorch;

/// <summary>
/// Work of a CUDA device, recorded once and repeated as a whole. The tensors that it reads and writes stay where they were;
/// random numbers follow the device's default generator as it stands at each replay.
/// </summary>
public sealed unsafe class CudaGraph : IDisposable
{
    private nint handle;

    private CudaGraph(nint handle) => this.handle = handle;

    ~CudaGraph() => Free();

    /// <summary>Why this build cannot record, or null when it can.</summary>
    public static string? Missing => Marshal.PtrToStringUTF8((nint)Native.ot_graph_missing());

    /// <summary>
    /// Records what <paramref name="work"/> asks the device for; nothing of it is computed yet. The thread must be on a stream
    /// of its own (<see cref="CudaDevices.UseStream"/>).
    /// </summary>
    /// <exception cref="TorchException">Something of it cannot be recorded, such as a number that the host reads.</exception>
    public static CudaGraph Record(int device, Action work)
    {
        nint graph;
        Check.Done(Native.ot_graph_begin(&graph));
        try
        {
            work();
        }
        catch
        {
            // What went wrong is told by the exception in flight.
            _ = Native.ot_graph_abandon(graph, device);
            throw;
        }

        if (Native.ot_graph_end(graph) != 0)
        {
            var error = Check.LastError();
            _ = Native.ot_graph_abandon(graph, device);
            throw error;
        }

        return new CudaGraph(graph);
    }

    /// <summary>Computes what was recorded, once more.</summary>
    public void Replay()
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        Check.Done(Native.ot_graph_replay(handle), this);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (handle != 0)
        {
            Native.ot_graph_free(handle);
            handle = 0;
        }
    }
}
