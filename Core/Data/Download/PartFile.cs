using System.Security.Cryptography;
using System.Text;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>
/// The part of a download that has arrived, kept beside the target so that a later attempt goes on from there. Its name
/// holds a digest of the address, since mirrors compress the same content to different bytes.
/// </summary>
internal sealed class PartFile
{
    private readonly string target;

    public PartFile(string target, Uri address)
    {
        this.target = target;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri));
        Path = $"{target}.{Convert.ToHexStringLower(digest.AsSpan(0, 4))}.part";
    }

    public string Path { get; }

    /// <summary>Bytes that have arrived.</summary>
    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Opens it for what arrives next: after what is there, or from the beginning.</summary>
    public FileStream Open(bool append) =>
        Guard(() => new FileStream(Path, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read));

    /// <summary>Throws away what has arrived.</summary>
    public void Delete() => File.Delete(Path);

    /// <summary>Makes it the target, once and durably.</summary>
    public void Publish() => Guard(() =>
    {
        using (var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        File.Move(Path, target, overwrite: true);
        return true;
    });

    /// <summary>Runs a step that writes; a full or read-only disk is the user's to put right, and no mirror's fault.</summary>
    public T Guard<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(target, exception);
        }
    }

    public static ProblemException NotWritable(string path, Exception exception) => new(
        path,
        $"The download cannot be stored: {exception.Message}",
        $"Make space or allow writing there, or choose another folder with {DataLocations.CacheVariable}.");
}
