using System;
using System.Collections;
using System.Collections.Generic;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Typed access to the elements of a CPU tensor, in row-major order whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor tensor;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;
    private readonly T* origin;

    internal TensorAccessor(Tensor tensor)
    {
        if (!tensor.is_cpu)
        {
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }

        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
        nint pointer;
        Orchestrator.LibTorch.Interop.Check.Done(Orchestrator.LibTorch.Interop.Native.ot_data_pointer(tensor.Handle, &pointer), tensor);
        origin = (T*)pointer;
    }

    public long Count { get; }

    public T this[params long[] indices]
    {
        get => origin[Offset(indices)];
        set => origin[Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result.AsSpan());
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Fills the array from <paramref name="arrayIndex"/> on, as far as both reach.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var length = (int)Math.Min(target.Length, Count - tensorIndex);
        if (contiguous)
        {
            new ReadOnlySpan<T>(origin + tensorIndex, length).CopyTo(target);
        }
        else
        {
            for (var i = 0; i < length; i++)
            {
                target[i] = origin[LinearOffset(tensorIndex + i)];
            }
        }

        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var length = (int)Math.Min(source.Length, Count - tensorIndex);
        for (var i = 0; i < length; i++)
        {
            origin[contiguous ? tensorIndex + i : LinearOffset(tensorIndex + i)] = source[i];
        }

        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return At(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Does nothing: the tensor keeps its own life.</summary>
    public void Dispose()
    {
    }

    private T At(long index) => origin[LinearOffset(index)];

    private long LinearOffset(long index)
    {
        if (contiguous)
        {
            return index;
        }

        long offset = 0;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            offset += index % shape[d] * strides[d];
            index /= shape[d];
        }

        return offset;
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            return indices[0] >= 0 && indices[0] < Count ? LinearOffset(indices[0]) : throw OutOfRange(indices);
        }

        if (indices.Length != shape.Length)
        {
            throw OutOfRange(indices);
        }

        long offset = 0;
        for (var d = 0; d < indices.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= shape[d])
            {
                throw OutOfRange(indices);
            }

            offset += indices[d] * strides[d];
        }

        return offset;
    }

    private ArgumentOutOfRangeException OutOfRange(long[] indices) =>
        new(nameof(indices), $"Index [{string.Join(", ", indices)}] is outside a tensor of shape [{string.Join(", ", shape)}].");
}
