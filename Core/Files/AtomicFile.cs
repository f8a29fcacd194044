using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Files;

/// <summary>Files that are there whole or not at all, also after a power cut.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target, forces the bytes to disk, renames, and forces the folder to disk.</summary>
    /// <exception cref="ProblemException">The disk is full or may not be written; what was there before is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var aside = path + ".partial";
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(aside, path, overwrite: true);
            FolderSync.Flush(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Abandon(aside);
            throw new ProblemException(
                path,
                $"The file cannot be written: {e.Message}",
                "Free disk space or choose a folder that can be written; what was written before is untouched.");
        }
    }

    private static void Abandon(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a leftover .partial file is never read.
        }
    }
}
