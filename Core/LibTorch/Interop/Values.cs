using System;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Orchestrator.LibTorch.Interop;

/// <summary>A number with its kind, passed by value (native <c>ScalarValue</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScalarValue
{
    private const long DoubleKind = 0, IntegerKind = 1, BooleanKind = 2, AbsentKind = 3;

    internal readonly long Bits;
    internal readonly long Kind;

    private ScalarValue(long bits, long kind) => (Bits, Kind) = (bits, kind);

    internal static ScalarValue Absent => new(0, AbsentKind);

    internal static ScalarValue One => new(1, IntegerKind);

    internal static ScalarValue Of(double value) => new(BitConverter.DoubleToInt64Bits(value), DoubleKind);

    internal static ScalarValue Of(long value) => new(value, IntegerKind);

    internal static ScalarValue Of(bool value) => new(value ? 1 : 0, BooleanKind);

    internal static ScalarValue Of(Scalar? value) => value is null ? Absent : value.Value;
}

/// <summary>dtype, device and gradient flag of a tensor to be made; -1 leaves the default (native <c>TensorSpec</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TensorSpec
{
    internal readonly int Type;
    internal readonly int Device;
    internal readonly int DeviceIndex;
    internal readonly int RequiresGrad;

    internal TensorSpec(torch.ScalarType? dtype, torch.Device? device, bool requiresGrad = false)
    {
        Type = dtype is { } type ? (int)type : -1;
        Device = device is null ? -1 : (int)device.type;
        DeviceIndex = device?.index ?? -1;
        RequiresGrad = requiresGrad ? 1 : 0;
    }
}

/// <summary>One entry of an index expression (native <c>IndexEntry</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IndexEntry
{
    internal long Kind;
    internal long Start;
    internal long Stop;
    internal long Step;
    internal long Given;
    internal nint Tensor;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AdamSettings
{
    internal double LearningRate, Beta1, Beta2, Eps, WeightDecay;
    internal int AmsGrad, Maximize, Decoupled, OperatorByOperator;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SgdSettings
{
    internal double LearningRate, Momentum, Dampening, WeightDecay;
    internal int Nesterov, Maximize;
}

[StructLayout(LayoutKind.Sequential)]
internal struct RmsPropSettings
{
    internal double LearningRate, Alpha, Eps, WeightDecay, Momentum;
    internal int Centered, Maximize;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AdadeltaSettings
{
    internal double LearningRate, Rho, Eps, WeightDecay;
    internal int Maximize, Reserved;
}
