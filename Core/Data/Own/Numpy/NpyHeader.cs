using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>The header of a .npy array (NumPy enhancement proposal 1): a Python dictionary of type, order and shape.</summary>
/// <param name="Type">The element type as NumPy writes it, for example <c>|u1</c> or <c>&lt;f4</c>.</param>
/// <param name="Shape">The lengths, slowest first.</param>
internal sealed partial record NpyHeader(string Type, IReadOnlyList<int> Shape)
{
    private const int LongestHeader = 65_536;

    /// <summary>Bytes per element; NumPy counts text in characters of four bytes.</summary>
    public int ElementSize => int.Parse(Type.AsSpan(2), CultureInfo.InvariantCulture) * (Type[1] == 'U' ? 4 : 1);

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Reads the header and leaves the stream at the data.</summary>
    /// <exception cref="ProblemException">This is no .npy array, or one in Fortran order or of objects.</exception>
    public static NpyHeader Read(Stream stream, string where)
    {
        var start = Take(stream, 8, where);
        if (start[0] != 0x93 || !start.AsSpan(1).StartsWith("NUMPY"u8))
            throw Damaged(where, "it does not start as a .npy array does");
        var length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(Take(stream, 2, where))
            : BinaryPrimitives.ReadUInt32LittleEndian(Take(stream, 4, where));
        if (start[6] is 0 or > 3 || length > LongestHeader)
            throw Damaged(where, $"its header has version {start[6]} and {length} bytes");
        return Parse(Encoding.UTF8.GetString(Take(stream, (int)length, where)), where);
    }

    private static NpyHeader Parse(string text, string where)
    {
        var type = DescrPattern().Match(text);
        var order = OrderPattern().Match(text);
        var shape = ShapePattern().Match(text);
        if (!order.Success || !shape.Success)
            throw Damaged(where, $"its header is '{text.Trim()}'");
        if (!type.Success)
            throw new ProblemException(
                where, $"It does not hold plain numbers: {text.Trim()}", "Save an array of numbers, for example of type uint8.");
        if (order.Groups[1].Value == "True")
            throw new ProblemException(where, "It is stored in Fortran order.", "Save numpy.ascontiguousarray(x) instead.");
        var lengths = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!lengths.All(length => int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            throw Damaged(where, $"its shape is '({shape.Groups[1].Value})'");
        return new NpyHeader(type.Groups[1].Value, [.. lengths.Select(l => int.Parse(l, CultureInfo.InvariantCulture))]);
    }

    private static byte[] Take(Stream stream, int count, string where)
    {
        var bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            throw Damaged(where, "it ends inside its header");
        return bytes;
    }

    internal static ProblemException Damaged(string where, string what) =>
        new(where, $"The array is damaged: {what}.", "Save it again with numpy.savez or numpy.savez_compressed.");

    [GeneratedRegex("""'descr'\s*:\s*'([<>|=][a-zA-Z]\d{1,3})'""", RegexOptions.CultureInvariant)]
    private static partial Regex DescrPattern();

    [GeneratedRegex("""'fortran_order'\s*:\s*(True|False)""", RegexOptions.CultureInvariant)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""'shape'\s*:\s*\(([^)]*)\)""", RegexOptions.CultureInvariant)]
    private static partial Regex ShapePattern();
}
