using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, uint8, device, requires_grad);

    public static Tensor tensor(byte scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, dtype, device, requires_grad);

    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, int32, device, requires_grad);

    public static Tensor tensor(int scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, dtype, device, requires_grad);

    public static Tensor tensor(long scalar, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, int64, device, requires_grad);

    public static Tensor tensor(long scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, dtype, device, requires_grad);

    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, float32, device, requires_grad);

    public static Tensor tensor(float scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, dtype, device, requires_grad);

    public static Tensor tensor(double scalar, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, float64, device, requires_grad);

    public static Tensor tensor(double scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, dtype, device, requires_grad);

    public static Tensor tensor(bool scalar, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, @bool, device, requires_grad);

    public static Tensor tensor(bool scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) =>
        scalar_tensor(scalar, dtype, device, requires_grad);

    public static Tensor tensor(IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<float>(rawArray as float[] ?? [.. rawArray], [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<float>(rawArray as float[] ?? [.. rawArray], [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<float>(Flat<float>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1)], dtype, device, requires_grad);

    public static Tensor tensor(IList<double> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<double>(rawArray as double[] ?? [.. rawArray], [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<double>(rawArray as double[] ?? [.. rawArray], [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<double>(Flat<double>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1)], dtype, device, requires_grad);

    public static Tensor tensor(IList<long> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<long>(rawArray as long[] ?? [.. rawArray], [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<long>(rawArray as long[] ?? [.. rawArray], [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<long>(Flat<long>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1)], dtype, device, requires_grad);

    public static Tensor tensor(IList<int> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<int>(rawArray as int[] ?? [.. rawArray], [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<int>(rawArray as int[] ?? [.. rawArray], [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<int>(Flat<int>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1)], dtype, device, requires_grad);

    public static Tensor tensor(IList<byte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<byte>(rawArray as byte[] ?? [.. rawArray], [rows, columns], dtype, device, requires_grad);

    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<byte>(rawArray as byte[] ?? [.. rawArray], [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromValues<byte>(Flat<byte>(rawArray), [rawArray.GetLength(0), rawArray.GetLength(1)], dtype, device, requires_grad);

    /// <summary>A copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var size = new long[rawArray.Rank];
        for (var d = 0; d < size.Length; d++)
        {
            size[d] = rawArray.GetLongLength(d);
        }

        var handle = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        try
        {
            var type = ElementTypes.Of(rawArray.GetType().GetElementType()!);
            return FromMemory((void*)handle.AddrOfPinnedObject(), type, size, dtype, device, requires_grad);
        }
        finally
        {
            handle.Free();
        }
    }

    private static Tensor scalar_tensor(Scalar value, ScalarType type, Device? device, bool requires_grad) =>
        Check.Own(Native.ot_scalar_tensor(value.Value, new TensorSpec(type, device, requires_grad)));

    private static ReadOnlySpan<T> Flat<T>(Array values)
        where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);

    private static Tensor FromValues<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        long count = 1;
        foreach (var extent in size)
        {
            count *= extent;
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {values.Length} values for {count} places");
        }

        fixed (T* data = values)
        {
            return FromMemory(data, ElementTypes.Of(typeof(T)), size, dtype, device, requires_grad);
        }
    }

    // One copy from managed to native memory; a second only where type or device differ.
    private static Tensor FromMemory(void* data, ScalarType type, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad)
    {
        Tensor result;
        fixed (long* list = size)
        {
            result = Check.Own(Native.ot_from_bytes(data, list, size.Length, (int)type));
        }

        var elsewhere = device is not null && device.type != DeviceType.CPU;
        if (elsewhere || (dtype is { } wanted && wanted != type))
        {
            result = result.to(dtype ?? type, device ?? CPU, disposeAfter: true);
        }

        return requires_grad ? result.requires_grad_() : result;
    }
}
