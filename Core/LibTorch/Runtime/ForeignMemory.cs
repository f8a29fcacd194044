using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace Orchestrator.LibTorch;

/// <summary>Tensors over memory that libtorch did not allocate.</summary>
public static unsafe class ForeignMemory
{
    /// <summary>A CPU tensor of bytes over memory that stays where it is. The memory is pinned until the tensor and every view of it are gone.</summary>
    /// <param name="bytes">The elements, row-major. The tensor sees later changes of them, and they its own.</param>
    /// <param name="shape">As many elements as there are bytes.</param>
    /// <exception cref="ArgumentException">Shape and bytes differ in number.</exception>
    public static Tensor Over(ReadOnlyMemory<byte> bytes, ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (var extent in shape)
        {
            count *= extent;
        }

        if (count != bytes.Length)
        {
            throw new ArgumentException($"{bytes.Length} bytes do not make a tensor of {count} elements.", nameof(shape));
        }

        var pin = bytes.Pin();
        var owner = GCHandle.Alloc(pin);
        fixed (long* size = shape)
        {
            var handle = Native.ot_from_blob(pin.Pointer, size, shape.Length, (int)ScalarType.Byte, &Release, GCHandle.ToIntPtr(owner));
            if (handle == 0)
            {
                var error = Check.LastError();
                Release(owner);
                throw error;
            }

            return Check.Own(handle);
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint owner) => Release(GCHandle.FromIntPtr(owner));

    private static void Release(GCHandle owner)
    {
        ((MemoryHandle)owner.Target!).Dispose();
        owner.Free();
    }
}
