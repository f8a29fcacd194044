using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training.Checkpoints;

/// <summary>A tensor as a file holds it.</summary>
/// <param name="Type">Safetensors' name of the element type, such as <c>F32</c>.</param>
/// <param name="Shape">Its shape; empty for a scalar.</param>
/// <param name="Bytes">Its elements, row-major, little-endian.</param>
internal sealed record StoredTensor(string Type, ImmutableArray<long> Shape, byte[] Bytes)
{
    private static readonly ImmutableDictionary<ScalarType, string> Names = new Dictionary<ScalarType, string>
    {
        [ScalarType.Float32] = "F32",
        [ScalarType.Float64] = "F64",
        [ScalarType.Int64] = "I64",
        [ScalarType.Byte] = "U8",
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, ScalarType> Types =
        Names.ToImmutableDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>A copy of a tensor from any device.</summary>
    public static StoredTensor Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        return new(Names[plain.dtype], [.. plain.shape], plain.bytes.ToArray());
    }

    /// <summary>A new tensor on the CPU.</summary>
    public Tensor ToTensor()
    {
        var tensor = empty([.. Shape], dtype: Types[Type], device: CPU);
        Bytes.CopyTo(tensor.bytes);
        return tensor;
    }

    /// <summary>Writes the elements into a tensor of the same shape and type, on its device.</summary>
    /// <exception cref="InvalidDataException">Shape or type differ.</exception>
    public void CopyTo(Tensor target)
    {
        if (!Shape.AsSpan().SequenceEqual(target.shape) || Names[target.dtype] != Type)
        {
            throw new InvalidDataException(
                $"a tensor of {Type} [{string.Join(", ", Shape)}] is stored where {target.dtype} [{string.Join(", ", target.shape)}] is expected");
        }
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        target.copy_(ToTensor());
    }

    /// <summary>Bytes of one element.</summary>
    public static int ElementBytes(string type) => type switch
    {
        "F64" or "I64" => 8,
        "F32" => 4,
        "U8" => 1,
        _ => throw new InvalidDataException($"the element type '{type}' is not known"),
    };
}
