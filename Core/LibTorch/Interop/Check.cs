using System;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Orchestrator.LibTorch.Interop;

/// <summary>
/// Turns native results into tensors or exceptions. Each form names the tensors the call borrowed, so that none is
/// finalised while native code still reads it.
/// </summary>
internal static unsafe class Check
{
    internal static Tensor Own(nint handle) => handle != 0 ? new Tensor(handle) : throw LastError();

    internal static Tensor Own(nint handle, object? a)
    {
        GC.KeepAlive(a);
        return Own(handle);
    }

    internal static Tensor Own(nint handle, object? a, object? b)
    {
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return Own(handle);
    }

    internal static Tensor Own(nint handle, object? a, object? b, object? c, object? d = null, object? e = null)
    {
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(c);
        GC.KeepAlive(d);
        GC.KeepAlive(e);
        return Own(handle);
    }

    internal static void Done(int status)
    {
        if (status != 0)
        {
            throw LastError();
        }
    }

    internal static void Done(int status, object? a, object? b = null, object? c = null)
    {
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(c);
        Done(status);
    }

    /// <summary>The in-place form: the tensor itself is the result.</summary>
    internal static Tensor Same(int status, Tensor self, object? a = null, object? b = null)
    {
        Done(status, self, a, b);
        return self;
    }

    internal static Exception LastError()
    {
        var kind = (TorchErrorKind)Native.ot_error_kind();
        var message = Marshal.PtrToStringUTF8((nint)Native.ot_error_message());
        return new TorchException(kind, string.IsNullOrEmpty(message) ? "libtorch failed without a message" : message);
    }

    /// <summary>The handles of several tensors, in order; a null tensor's is zero.</summary>
    internal static nint[] Handles(Tensor?[]? tensors)
    {
        if (tensors is null)
        {
            return [];
        }

        var result = new nint[tensors.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            result[i] = tensors[i]?.Handle ?? 0;
        }

        return result;
    }

    internal static Tensor[] OwnAll(ReadOnlySpan<nint> handles)
    {
        var result = new Tensor[handles.Length];
        for (var i = 0; i < handles.Length; i++)
        {
            result[i] = Own(handles[i]);
        }

        return result;
    }
}
