using System.IO.Compression;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>A file's decompressed bytes, with a sound upper bound of how many there can be.</summary>
internal sealed class ContentStream : IDisposable
{
    /// <summary>Deflate cannot expand by more than this factor.</summary>
    public const long MaximumExpansion = 1032;

    private readonly Stream content;
    private readonly string where;

    private ContentStream(Stream content, string where, bool compressed, long maximumLength)
    {
        (this.content, this.where) = (content, where);
        (IsCompressed, MaximumLength) = (compressed, maximumLength);
    }

    /// <summary>Whether the file is gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>The exact length of a plain file; of a compressed one, the most it can hold.</summary>
    public long MaximumLength { get; }

    /// <summary>Looks at the first two bytes of a seekable stream and takes it over.</summary>
    /// <exception cref="ProblemException">The file is empty.</exception>
    public static ContentStream Over(Stream file, string where)
    {
        if (file.Length == 0)
        {
            file.Dispose();
            throw new ProblemException(where, "The file is empty.", "Fetch it again, or delete it so that it is downloaded.");
        }
        Span<byte> start = stackalloc byte[2];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start[0] == 0x1f && start[1] == 0x8b
            ? new ContentStream(new GZipStream(file, CompressionMode.Decompress), where, true, file.Length * MaximumExpansion)
            : new ContentStream(file, where, false, file.Length);
    }

    /// <summary>Fills the buffer as far as the content goes and returns how far that was.</summary>
    /// <exception cref="ProblemException">The compressed bytes are damaged, or the disk fails.</exception>
    public int Fill(Span<byte> buffer)
    {
        try
        {
            return content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException exception)
        {
            throw new ProblemException(
                where, $"The gzip compression is damaged: {exception.Message}", "Fetch the file again.");
        }
        catch (IOException exception)
        {
            throw DataFile.Refused(where, exception);
        }
    }

    /// <summary>Counts what is left, up to <paramref name="limit"/> bytes.</summary>
    public long Rest(long limit)
    {
        var buffer = new byte[8192];
        long total = 0;
        int read;
        while (total < limit && (read = Fill(buffer)) > 0)
            total += read;
        return Math.Min(total, limit);
    }

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();
}
