using System;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

/// <summary>A number that keeps its kind, so that type promotion works as in PyTorch. Holds no native memory.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ScalarValue value, torch.ScalarType type)
    {
        Value = value;
        Type = type;
    }

    internal ScalarValue Value { get; }

    public torch.ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => new(ScalarValue.Of((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(sbyte value) => new(ScalarValue.Of((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(short value) => new(ScalarValue.Of((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(int value) => new(ScalarValue.Of((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(long value) => new(ScalarValue.Of(value), torch.ScalarType.Int64);

    public static implicit operator Scalar(float value) => new(ScalarValue.Of((double)value), torch.ScalarType.Float64);

    public static implicit operator Scalar(double value) => new(ScalarValue.Of(value), torch.ScalarType.Float64);

    public static implicit operator Scalar(bool value) => new(ScalarValue.Of(value), torch.ScalarType.Bool);

    /// <summary>Does nothing: TorchSharp's scalar is native, this one is not.</summary>
    public void Dispose()
    {
    }
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static double ToDouble(this Scalar value) =>
        value.Type == torch.ScalarType.Float64 ? BitConverter.Int64BitsToDouble(value.Value.Bits) : value.Value.Bits;

    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    public static long ToInt64(this Scalar value) =>
        value.Type == torch.ScalarType.Float64 ? (long)value.ToDouble() : value.Value.Bits;

    public static int ToInt32(this Scalar value) => (int)value.ToInt64();

    public static bool ToBoolean(this Scalar value) => value.ToDouble() != 0;
}
