using System.Buffers.Binary;
using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Files;

/// <summary>A tensor as a file holds it.</summary>
internal sealed class StoredTensor
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

    private readonly byte[] _bytes = [];
    private readonly Tensor? _tensor;

    /// <summary>Elements that were read.</summary>
    /// <param name="type">Safetensors' name of the element type, such as <c>F32</c>.</param>
    /// <param name="shape">Its shape; empty for a scalar.</param>
    /// <param name="bytes">Its elements, row-major, little-endian.</param>
    public StoredTensor(string type, ImmutableArray<long> shape, byte[] bytes) => (Type, Shape, _bytes) = (type, shape, bytes);

    private StoredTensor(Tensor tensor) => (Type, Shape, _tensor) = (Names[tensor.dtype], [.. tensor.shape], tensor);

    /// <summary>Safetensors' name of the element type.</summary>
    public string Type { get; }

    /// <summary>Its shape; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>Its elements, row-major, little-endian.</summary>
    public ReadOnlySpan<byte> Bytes => _tensor is null ? _bytes : _tensor.bytes;

    /// <summary>
    /// A tensor of any device as it is now. On the CPU nothing is copied: it is to be written before the tensor changes and
    /// before the scope that is open ends.
    /// </summary>
    public static StoredTensor Of(Tensor tensor) => new(tensor.detach().cpu().contiguous());

    /// <summary>A single integer.</summary>
    public static StoredTensor Of(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return new("I64", [], bytes);
    }

    /// <summary>The single integer that <see cref="Of(long)"/> stored.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public long ToInteger() => Type == "I64" && Shape.IsEmpty
        ? BinaryPrimitives.ReadInt64LittleEndian(Bytes)
        : throw new InvalidDataException($"a tensor of {Type} [{string.Join(", ", Shape)}] is stored where a single integer is expected");

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
