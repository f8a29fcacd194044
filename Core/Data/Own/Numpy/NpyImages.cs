using System.Runtime.InteropServices;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Turns arrays into images and labels.</summary>
internal static class NpyImages
{
    /// <summary>
    /// Images from <c>[count, height, width]</c>, <c>[count, channels, height, width]</c>,
    /// <c>[count, height, width, channels]</c> or <c>[count, side * side]</c>; unsigned bytes, or floats in [0, 1].
    /// </summary>
    /// <exception cref="ProblemException">Type, shape or values are others.</exception>
    public static ImageSet Images(NpyArray array, ReadOnlyMemory<byte>? labels)
    {
        var (shape, channelsLast) = Shape(array);
        var pixels = Bytes(array);
        if (channelsLast && shape.Channels > 1)
            pixels = ChannelsFirst(pixels, shape, array.Where);
        if (labels is { } known && known.Length * (long)shape.Pixels != pixels.Length)
            throw new ProblemException(
                array.Where,
                FormattableString.Invariant($"There are {pixels.Length / shape.Pixels} images but {known.Length} labels."),
                "Save as many labels as images.");
        return new ImageSet(shape, pixels, labels);
    }

    /// <summary>Class labels from <c>[count]</c> of any integer type.</summary>
    /// <exception cref="ProblemException">Type, shape or values are others.</exception>
    public static byte[] Labels(NpyArray array)
    {
        var shape = array.Header.Shape;
        if (shape.Count == 0 || shape.Skip(1).Any(length => length != 1))
            throw new ProblemException(
                array.Where, $"Its shape is {Text(shape)}; one label per image was expected.", "Save class indices, not one-hot rows.");
        long[] values = array.Header.Type switch
        {
            "|u1" or "|b1" => [.. array.Data],
            "|i1" => [.. MemoryMarshal.Cast<byte, sbyte>(array.Data)],
            "<i2" => [.. MemoryMarshal.Cast<byte, short>(array.Data)],
            "<u2" => [.. MemoryMarshal.Cast<byte, ushort>(array.Data)],
            "<i4" => [.. MemoryMarshal.Cast<byte, int>(array.Data)],
            "<u4" => [.. MemoryMarshal.Cast<byte, uint>(array.Data)],
            "<i8" or "<u8" => MemoryMarshal.Cast<byte, long>(array.Data).ToArray(),
            var type => throw new ProblemException(
                array.Where, $"Its type is {type}; integers were expected.", "Save y.astype('uint8')."),
        };
        var wrong = Array.FindIndex(values, value => value is < 0 or > 255);
        return wrong < 0 ? Array.ConvertAll(values, value => (byte)value) : throw new ProblemException(
            array.Where,
            FormattableString.Invariant($"The label at position {wrong} is {values[wrong]}; 0 to 255 was expected."),
            "Number the classes from 0.");
    }

    private static (ImageShape Shape, bool ChannelsLast) Shape(NpyArray array) => array.Header.Shape switch
    {
        [> 0, > 0 and var height, > 0 and var width] => (new ImageShape(1, height, width), false),
        [> 0, 1 or 3, > 0, > 0] and [_, var channels, var height, var width] => (new ImageShape(channels, height, width), false),
        [> 0, > 0, > 0, 1 or 3] and [_, var height, var width, var channels] => (new ImageShape(channels, height, width), true),
        [> 0, > 0 and var size] when Side(size) is { } side => (new ImageShape(1, side, side), false),
        var other => throw new ProblemException(
            array.Where,
            $"Its shape is {Text(other)}.",
            "Save images as (count, height, width), (count, channels, height, width), (count, height, width, channels) with 1 "
                + "or 3 channels, or (count, side * side)."),
    };

    private static byte[] Bytes(NpyArray array) => array.Header.Type switch
    {
        "|u1" => array.Data,
        "<f4" => FromUnitInterval(MemoryMarshal.Cast<byte, float>(array.Data), value => value, array.Where),
        "<f8" => FromUnitInterval(MemoryMarshal.Cast<byte, double>(array.Data), value => value, array.Where),
        var type => throw new ProblemException(
            array.Where, $"Its type is {type}; uint8, or floats from 0 to 1, were expected.", "Save x.astype('uint8')."),
    };

    private static byte[] FromUnitInterval<T>(ReadOnlySpan<T> values, Func<T, double> convert, string where)
    {
        var bytes = PinnedBytes.Allocate(values.Length, where);
        for (var i = 0; i < values.Length; i++)
        {
            var value = convert(values[i]);
            if (!(value >= 0 && value <= 1))
                throw new ProblemException(
                    where,
                    FormattableString.Invariant($"The value at position {i} is {value}; floats from 0 to 1 were expected."),
                    "Scale the images to 0..1, or save them as uint8.");
            bytes[i] = (byte)Math.Round(value * 255);
        }
        return bytes;
    }

    private static byte[] ChannelsFirst(byte[] interleaved, ImageShape shape, string where)
    {
        var pixels = PinnedBytes.Allocate(interleaved.Length, where);
        for (var start = 0; start < pixels.Length; start += shape.Pixels)
            Picture.FromInterleaved(shape, interleaved.AsSpan(start, shape.Pixels)).Pixels.CopyTo(pixels.AsMemory(start));
        return pixels;
    }

    private static int? Side(int size) => (int)Math.Sqrt(size) is var side && side * side == size ? side : null;

    private static string Text(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";
}
