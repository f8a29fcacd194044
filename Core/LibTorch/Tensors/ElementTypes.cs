using System;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which .NET type holds one element of which tensor type.</summary>
internal static class ElementTypes
{
    internal static ScalarType Of(Type type)
    {
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Byte => ScalarType.Byte,
            TypeCode.SByte => ScalarType.Int8,
            TypeCode.Int16 => ScalarType.Int16,
            TypeCode.Int32 => ScalarType.Int32,
            TypeCode.Int64 => ScalarType.Int64,
            TypeCode.Single => ScalarType.Float32,
            TypeCode.Double => ScalarType.Float64,
            TypeCode.Boolean => ScalarType.Bool,
            _ when type == typeof(Half) => ScalarType.Float16,
            _ => throw new NotSupportedException($"A tensor cannot hold elements of type {type.Name}."),
        };
    }

    internal static void Require<T>(ScalarType type)
    {
        if (Of(typeof(T)) != type)
        {
            throw new ArgumentException($"The tensor holds {type}, not {typeof(T).Name}. Convert it with to(...) first.");
        }
    }

    internal static int Size(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };
}
