using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>What an IDX file is expected to hold.</summary>
internal enum IdxKind
{
    /// <summary>Images: unsigned bytes, three dimensions, magic number 0x00000803.</summary>
    Images,

    /// <summary>Labels: unsigned bytes, one dimension, magic number 0x00000801.</summary>
    Labels,
}

/// <summary>
/// The header of an IDX file (LeCun, "The MNIST database"): a magic number 0x0000TTDD of element type and rank, then one
/// big-endian 32-bit length per dimension.
/// </summary>
internal static class IdxHeader
{
    private const uint ImagesMagic = 0x00000803;
    private const uint LabelsMagic = 0x00000801;

    /// <summary>Bytes before the data.</summary>
    public static int Length(IdxKind kind) => kind == IdxKind.Images ? 16 : 8;

    /// <summary>The dimensions that a header declares.</summary>
    /// <exception cref="ProblemException">The magic number is another one, or a dimension is zero or absurd.</exception>
    public static int[] Parse(ReadOnlySpan<byte> header, IdxKind kind, string where)
    {
        var magic = header.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(header) : 0;
        var expected = kind == IdxKind.Images ? ImagesMagic : LabelsMagic;
        if (header.Length >= 4 && magic != expected)
            throw WrongMagic(header, magic, expected, kind, where);
        if (header.Length < Length(kind))
            throw new ProblemException(
                where,
                Invariant($"The file ends inside its header: {header.Length} bytes, {Length(kind)} expected."),
                "Fetch the file again.");
        var dimensions = new int[(Length(kind) - 4) / 4];
        for (var i = 0; i < dimensions.Length; i++)
            dimensions[i] = Dimension(BinaryPrimitives.ReadUInt32BigEndian(header[(4 + 4 * i)..]), i, where);
        return dimensions;
    }

    private static int Dimension(uint length, int index, string where)
    {
        var largest = index == 0 ? int.MaxValue : 65_535u;
        if (length is 0 || length > largest)
            throw new ProblemException(
                where,
                Invariant($"The header gives dimension {index + 1} the length {length}; 1 to {largest} was expected."),
                "The header is damaged: fetch the file again.");
        return (int)length;
    }

    private static ProblemException WrongMagic(
        ReadOnlySpan<byte> header, uint magic, uint expected, IdxKind kind, string where)
    {
        var wanted = kind == IdxKind.Images ? "images" : "labels";
        var found = Invariant($"The magic number is 0x{magic:X8}; 0x{expected:X8} ({wanted}) was expected.");
        return (magic, Encoding.ASCII.GetString(header[..4])) switch
        {
            (LabelsMagic, _) => new(where, $"{found} This is a file of labels.", "Give the images file here."),
            (ImagesMagic, _) => new(where, $"{found} This is a file of images.", "Give the labels file here."),
            (_, "<!DO" or "<!do" or "<htm" or "<HTM" or "<?xm") =>
                new(where, "This is a web page, not data.", "The download was answered by a page: fetch the file again."),
            (_, ['P', 'K', ..]) => new(where, $"{found} This is a zip archive.", "Unpack it and give the file inside."),
            _ when where.EndsWith(".gz", StringComparison.Ordinal) =>
                new(where, $"The name ends in .gz but the content is not gzip. {found}", "Fetch the file again."),
            _ when magic >> 16 == 0 && ElementType(magic) is { } type =>
                new(
                    where,
                    $"{found} It holds {type} in {magic & 0xff} dimensions.",
                    $"Give unsigned bytes in {(kind == IdxKind.Images ? 3 : 1)} dimensions."),
            _ => new(where, $"{found} This is no IDX file.", "Give an IDX file, plain or gzip."),
        };
    }

    private static string? ElementType(uint magic) => ((magic >> 8) & 0xff) switch
    {
        0x08 => "unsigned bytes",
        0x09 => "signed bytes",
        0x0B => "16-bit integers",
        0x0C => "32-bit integers",
        0x0D => "32-bit floats",
        0x0E => "64-bit floats",
        _ => null,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
