using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Opens the user's data files; whatever the file system refuses becomes a <see cref="Problem"/>.</summary>
internal static class DataFile
{
    /// <summary>The decompressed content of a file, gzip being recognised by its first bytes and not by its name.</summary>
    /// <exception cref="ProblemException">The file is missing, empty, a folder or not readable.</exception>
    public static ContentStream Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return ContentStream.Over(file, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, exception);
        }
    }

    /// <summary>The whole file as bytes.</summary>
    /// <exception cref="ProblemException">The file is missing, a folder or not readable.</exception>
    public static byte[] ReadAll(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, exception);
        }
    }

    /// <summary>What the file system refused, in words that say what to do.</summary>
    public static ProblemException Refused(string path, Exception exception) => exception switch
    {
        _ when Directory.Exists(path) => new(path, "This is a folder; a file was expected.", "Name the file inside it."),
        FileNotFoundException or DirectoryNotFoundException =>
            new(path, "There is no such file.", "Check the path; relative paths start at the current folder."),
        UnauthorizedAccessException =>
            new(path, "Permission to read this file is denied.", $"Allow it, for example with: chmod a+r '{path}'"),
        _ => new(path, $"The file cannot be read: {exception.Message}", "Check the disk and the file's permissions."),
    };
}
