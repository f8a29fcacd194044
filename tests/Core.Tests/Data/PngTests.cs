using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class PngTests
{
    [Fact]
    public void Every_picture_comes_back_as_it_was_written() => Prop.ForAll<byte, byte, int>((height, width, seed) =>
    {
        var shape = new ImageShape(seed % 2 == 0 ? 1 : 3, height % 40 + 1, width % 40 + 1);
        var picture = new Picture(shape, Some.Noise(shape.Pixels, seed));
        var back = PngReader.Decode(PngWriter.Encode(picture), "x");
        Assert.Equal(shape, back.Shape);
        Assert.Equal(picture.Pixels.ToArray(), back.Pixels.ToArray());
        Assert.Equal(PngWriter.Encode(picture), PngWriter.Encode(picture));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_row_filter_is_undone(int filter)
    {
        // One grey row above, one filtered row below, worked by hand: 10 20 200 over 13 25 190.
        byte[] below = filter switch
        {
            0 => [13, 25, 190],
            1 => [13, 12, 165],
            2 => [3, 5, 246],
            3 => [8, 9, 78],
            _ => [3, 5, 246],
        };
        byte[] lines = [0, 10, 20, 200, (byte)filter, .. below];
        Assert.Equal([10, 20, 200, 13, 25, 190], PngReader.Decode(File(3, 2, 8, 0, lines), "x").Pixels.ToArray());
    }

    [Fact]
    public void Palettes_become_grey_or_colour_and_transparency_goes_to_black()
    {
        byte[] lines = [0, 0, 1, 2];
        var grey = File(3, 1, 8, 3, lines, ("PLTE", [7, 7, 7, 100, 100, 100, 255, 255, 255]), ("tRNS", [255, 128]));
        Assert.Equal(new ImageShape(1, 1, 3), PngReader.Decode(grey, "x").Shape);
        Assert.Equal([7, 50, 255], PngReader.Decode(grey, "x").Pixels.ToArray());
        var colour = PngReader.Decode(File(3, 1, 8, 3, lines, ("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9])), "x");
        Assert.Equal([1, 4, 7, 2, 5, 8, 3, 6, 9], colour.Pixels.ToArray());
    }

    [Fact]
    public void Alpha_is_blended_over_black()
    {
        Assert.Equal([200, 100, 0], PngReader.Decode(File(3, 1, 8, 4, [0, 200, 255, 200, 128, 200, 0]), "x").Pixels.ToArray());
        Assert.Equal([100, 50, 25], PngReader.Decode(File(1, 1, 8, 6, [0, 200, 100, 50, 128]), "x").Pixels.ToArray());
        Assert.Equal([0, 9], PngReader.Decode(File(2, 1, 8, 0, [0, 8, 9], ("tRNS", [0, 8])), "x").Pixels.ToArray());
    }

    [Theory]
    [InlineData(16, 0, 0, "16 bits per sample")]
    [InlineData(1, 0, 0, "1 bits per sample")]
    [InlineData(8, 0, 1, "interlaced")]
    [InlineData(8, 5, 0, "unknown colour type 5")]
    public void Kinds_that_are_not_read_are_explained(byte depth, byte colour, byte interlace, string expected)
    {
        var problem = Some.ProblemOf(() => PngReader.Decode(File(1, 1, depth, colour, [0, 0], interlace: interlace), "cat.png"));
        Assert.Equal("cat.png", problem.Where);
        Assert.Contains(expected, problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_of_every_kind_is_said()
    {
        var good = File(3, 1, 8, 0, [0, 1, 2, 3]);
        var flipped = good.ToArray();
        flipped[20] ^= 1;
        AssertCause(flipped, "checksum of its chunk IHDR");
        AssertCause(good[..30], "ends inside a chunk");
        AssertCause(good[..33], "ends before its last chunk");
        AssertCause([1, 2, 3], "signature");
        AssertCause(File(3, 1, 8, 0, [0, 1]), "truncated");
        AssertCause(File(3, 1, 8, 0, [9, 1, 2, 3]), "unknown filter 9");
        AssertCause(File(60_000, 60_000, 8, 2, [0]), "more than its data can hold");
        AssertCause(File(0, 1, 8, 0, [0]), "0 x 1 pixels");
        AssertCause(File(1, 1, 8, 3, [0, 4], ("PLTE", [1, 2, 3])), "colour 4 of a palette of 1");
    }

    [Fact]
    public void No_prefix_of_a_file_and_no_flipped_byte_does_anything_but_explain_itself()
    {
        var good = PngWriter.Encode(new Picture(new ImageShape(3, 5, 5), Some.Noise(75)));
        for (var length = 0; length < good.Length; length++)
            Some.ProblemOf(() => PngReader.Decode(good.AsSpan(0, length), "x"));
        for (var at = 0; at < good.Length; at++)
        {
            var flipped = good.ToArray();
            flipped[at] ^= 0x10;
            Some.ProblemOf(() => PngReader.Decode(flipped, "x"));
        }
    }

    [Fact]
    public void Pgm_and_ppm_are_read_with_comments_and_fewer_levels()
    {
        byte[] grey = [.. "P5 # a comment\n2 1\n# another\n255\n"u8, 7, 9];
        Assert.Equal([7, 9], PortableAnymap.Decode(grey, "x").Pixels.ToArray());
        byte[] colour = [.. "P6 2 1 15 "u8, 0, 1, 2, 3, 4, 15];
        Assert.Equal([0, 51, 17, 68, 34, 255], PortableAnymap.Decode(colour, "x").Pixels.ToArray());
        Assert.Contains(
            "2 bytes of pixels expected, 1 found",
            Some.ProblemOf(() => PortableAnymap.Decode(grey.AsSpan(0, grey.Length - 1), "x")).Cause,
            StringComparison.Ordinal);
        Assert.Contains(
            "65535 levels", Some.ProblemOf(() => PortableAnymap.Decode("P5 1 1 65535 ab"u8, "x")).Cause, StringComparison.Ordinal);
        Assert.Contains("incomplete", Some.ProblemOf(() => PortableAnymap.Decode("P5 1"u8, "x")).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_puts_images_in_rows_with_padding()
    {
        var sheet = ImageSheet.Compose(new ImageShape(1, 1, 2), [1, 2, 3, 4, 5, 6], columns: 2, padding: 1, background: 0);
        Assert.Equal(new ImageShape(1, 5, 7), sheet.Shape);
        byte[] expected =
        [
            0, 0, 0, 0, 0, 0, 0,
            0, 1, 2, 0, 3, 4, 0,
            0, 0, 0, 0, 0, 0, 0,
            0, 5, 6, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, sheet.Pixels.ToArray());
    }

    [Fact]
    public void Pairs_stand_above_each_other()
    {
        var sheet = ImageSheet.ComposePairs(new ImageShape(1, 1, 1), [1, 2, 3, 4], [5, 6, 7, 8], columns: 2, padding: 0);
        Assert.Equal([1, 2, 5, 6, 3, 4, 7, 8], sheet.Pixels.ToArray());
        Assert.Throws<ArgumentException>(() => ImageSheet.ComposePairs(new ImageShape(1, 1, 1), [1, 2, 3], [4, 5, 6], 2));
    }

    private static void AssertCause(byte[] file, string expected) =>
        Assert.Contains(expected, Some.ProblemOf(() => PngReader.Decode(file, "x")).Cause, StringComparison.Ordinal);

    /// <summary>A PNG file from its rows, each with its filter byte.</summary>
    private static byte[] File(int width, int height, byte depth, byte colour, byte[] lines, params (string, byte[])[] chunks) =>
        File(width, height, depth, colour, lines, 0, chunks);

    private static byte[] File(
        int width, int height, byte depth, byte colour, byte[] lines, byte interlace, params (string Type, byte[] Data)[] chunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, colour, interlace);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
            zlib.Write(lines);
        return
        [
            .. PngWriter.Signature,
            .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)),
            .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        System.Text.Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), PngChecksum.Of(chunk.AsSpan(4, 4), data));
        return chunk;
    }
}
