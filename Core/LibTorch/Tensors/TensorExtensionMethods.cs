using System;
using System.IO;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static int ElementSize(this ScalarType type) => ElementTypes.Size(type);

    public static double ToDouble(this Tensor value) => value.ToNumber();

    public static float ToSingle(this Tensor value) => (float)value.ToNumber();

    public static long ToInt64(this Tensor value) => value.ToInteger();

    public static int ToInt32(this Tensor value) => checked((int)value.ToInteger());

    public static bool ToBoolean(this Tensor value) => value.ToTruth();

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
        where T : unmanaged
    {
        using var flat = from_array(rawArray);
        return flat.view(dimensions).requires_grad_(requires_grad);
    }

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false)
        where T : unmanaged
    {
        using var flat = from_array(new[] { scalar }, device);
        return flat.view([]).requires_grad_(requires_grad);
    }

    /// <summary>Writes type, shape and bytes in TorchSharp's own format.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        using var scope = NewDisposeScope();
        var host = tensor.detach().cpu().contiguous();
        writer.Encode((int)host.dtype);
        var shape = host.shape;
        writer.Encode(shape.Length);
        foreach (var extent in shape)
        {
            writer.Encode(extent);
        }

        writer.Write(host.bytes);
    }

    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        tensor.Save(writer);
    }

    public static void Save(this Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    /// <summary>Reads a tensor that <see cref="Save(Tensor, BinaryWriter)"/> wrote.</summary>
    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        Tensor? tensor = null;
        Load(ref tensor, reader, skip);
        return tensor!;
    }

    /// <summary>Fills a tensor of the same type and shape.</summary>
    /// <exception cref="ArgumentException">Type or shape differ from what was saved.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        Tensor? target = tensor;
        Load(ref target, reader, skip);
    }

    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHeader(reader);
        if (tensor is not null && !skip && (tensor.dtype != type || !tensor.shape.AsSpan().SequenceEqual(shape)))
        {
            throw new ArgumentException(
                $"The saved tensor is {type} [{string.Join(", ", shape)}], the one to fill is {tensor.dtype} [{string.Join(", ", tensor.shape)}].");
        }

        var loaded = empty(shape, type);
        ReadExactly(reader, loaded.bytes);
        if (tensor is null)
        {
            tensor = loaded;
            return;
        }

        if (!skip)
        {
            using (no_grad())
            {
                tensor.copy_(loaded);
            }
        }

        loaded.Dispose();
    }

    private static (ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        var type = (ScalarType)reader.Decode();
        var rank = reader.Decode();
        if (!Enum.IsDefined(type) || rank is < 0 or > 64)
        {
            throw new InvalidDataException("The data do not begin with a saved tensor: the file is damaged or of another format.");
        }

        var shape = new long[rank];
        for (var d = 0; d < shape.Length; d++)
        {
            shape[d] = reader.Decode();
        }

        return (type, shape);
    }

    private static void ReadExactly(BinaryReader reader, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var read = reader.Read(target);
            if (read == 0)
            {
                throw new EndOfStreamException($"The saved tensor ends {target.Length} bytes early: the file is cut off.");
            }

            target = target[read..];
        }
    }
}
