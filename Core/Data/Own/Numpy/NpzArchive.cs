using System.IO.Compression;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>An array of an .npz archive, still in its element type.</summary>
internal sealed record NpyArray(string Where, NpyHeader Header, byte[] Data);

/// <summary>An .npz archive: a zip file of .npy arrays.</summary>
internal sealed class NpzArchive : IDisposable
{
    private readonly ZipArchive zip;
    private readonly string path;

    private NpzArchive(ZipArchive zip, string path) => (this.zip, this.path) = (zip, path);

    /// <summary>The names of the arrays.</summary>
    public IEnumerable<string> Names => zip.Entries.Select(entry => Path.GetFileNameWithoutExtension(entry.FullName));

    /// <exception cref="ProblemException">The file is missing, unreadable or no archive.</exception>
    public static NpzArchive Open(string path)
    {
        try
        {
            var zip = ZipFile.OpenRead(path);
            // The directory is read late otherwise, and its damage would show up elsewhere.
            _ = zip.Entries.Count;
            return new NpzArchive(zip, path);
        }
        catch (InvalidDataException exception)
        {
            throw new ProblemException(path, $"This is no .npz archive: {exception.Message}", "Save it again with numpy.savez.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFile.Refused(path, exception);
        }
    }

    /// <summary>Reads an array; null when the archive has none of this name.</summary>
    /// <exception cref="ProblemException">The array is damaged.</exception>
    public NpyArray? Read(string name)
    {
        if (zip.GetEntry(name + ".npy") is not { } entry)
            return null;
        var where = $"{path} ({name})";
        try
        {
            using var stream = entry.Open();
            var header = NpyHeader.Read(stream, where);
            return new NpyArray(where, header, Data(entry, stream, header, where));
        }
        catch (Exception exception) when (exception is InvalidDataException or OverflowException)
        {
            throw NpyHeader.Damaged(where, exception.Message);
        }
    }

    private static byte[] Data(ZipArchiveEntry entry, Stream stream, NpyHeader header, string where)
    {
        var expected = checked(header.Count * header.ElementSize);
        if (expected > entry.Length || expected > (entry.CompressedLength + 64) * ContentStream.MaximumExpansion)
            throw NpyHeader.Damaged(
                where,
                FormattableString.Invariant($"its header declares {expected} bytes of data, the archive has {entry.Length}"));
        var data = PinnedBytes.Allocate(expected, where);
        if (stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length)
            throw NpyHeader.Damaged(where, "its data is truncated");
        if (stream.ReadByte() >= 0)
            throw NpyHeader.Damaged(where, "bytes follow its data");
        return data;
    }

    /// <inheritdoc/>
    public void Dispose() => zip.Dispose();
}
