using System.Security.Cryptography;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>
/// Reads IDX files, plain or gzip. The data is decompressed straight into the memory in which it stays. Nothing is
/// allocated because of a header before the file's length has shown that it can hold what the header declares.
/// </summary>
public static class IdxReader
{
    /// <summary>Reads unsigned bytes <c>[count, height, width]</c>.</summary>
    /// <exception cref="ProblemException">The file is missing, unreadable, damaged or something else.</exception>
    public static IdxArray ReadImages(string path) => Read(path, IdxKind.Images);

    /// <summary>Reads unsigned bytes <c>[count]</c>.</summary>
    /// <exception cref="ProblemException">The file is missing, unreadable, damaged or something else.</exception>
    public static IdxArray ReadLabels(string path) => Read(path, IdxKind.Labels);

    private static IdxArray Read(string path, IdxKind kind)
    {
        using var content = DataFile.Open(path);
        var header = new byte[IdxHeader.Length(kind)];
        var dimensions = IdxHeader.Parse(header.AsSpan(0, content.Fill(header)), kind, path);
        var length = Length(dimensions, path);
        CheckLength(content, header.Length + length, dimensions, path);
        var data = PinnedBytes.Allocate(length, path);
        var read = content.Fill(data);
        if (read < data.Length)
            throw Truncated(path, dimensions, length, read);
        if (content.Rest(1 << 20) is > 0 and var rest)
            throw TooLong(path, dimensions, rest, rest == 1 << 20);
        return new IdxArray(path, dimensions, data, Digest(header, data));
    }

    private static long Length(int[] dimensions, string path)
    {
        try
        {
            return dimensions.Aggregate(1L, (product, length) => checked(product * length));
        }
        catch (OverflowException)
        {
            throw new ProblemException(
                path, $"The header declares {Shape(dimensions)} bytes.", "The header is damaged: fetch the file again.");
        }
    }

    private static void CheckLength(ContentStream content, long expected, int[] dimensions, string path)
    {
        var header = 4 + 4 * dimensions.Length;
        if (expected > content.MaximumLength)
            throw content.IsCompressed
                ? new ProblemException(
                    path,
                    FormattableString.Invariant(
                        $"The header declares {Shape(dimensions)} bytes, more than this file can decompress to."),
                    "The header is damaged: fetch the file again.")
                : Truncated(path, dimensions, expected - header, content.MaximumLength - header);
        if (!content.IsCompressed && expected < content.MaximumLength)
            throw TooLong(path, dimensions, content.MaximumLength - expected, atLeast: false);
    }

    private static ProblemException Truncated(string path, int[] dimensions, long expected, long found) => new(
        path,
        FormattableString.Invariant(
            $"The file is truncated: its header declares {Shape(dimensions)} = {expected} bytes of data, {found} are there."),
        "Fetch the file again.");

    private static ProblemException TooLong(string path, int[] dimensions, long rest, bool atLeast) => new(
        path,
        FormattableString.Invariant(
            $"{(atLeast ? "At least " : "")}{rest} bytes follow the {Shape(dimensions)} bytes that the header declares."),
        "The file or its header is damaged: fetch the file again.");

    private static string Digest(byte[] header, byte[] data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(data);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Shape(int[] dimensions) => string.Join(" x ", dimensions);
}
