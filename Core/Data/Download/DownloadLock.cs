namespace Orchestrator.Core.Data;

/// <summary>Lets one process at a time download a file; the others wait and then find it done.</summary>
internal static class DownloadLock
{
    // The raw errno of a lock that another process holds: EWOULDBLOCK on Linux and on macOS; a sharing violation on Windows.
    private static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for the lock beside the target. Disposing releases it, as does the end of the process.</summary>
    /// <exception cref="Contracts.ProblemException">The folder is not writable.</exception>
    public static async Task<IDisposable> TakeAsync(string target, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                return new FileStream(target + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (HeldElsewhere.Contains(exception.HResult))
            {
                await Task.Delay(Interval, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw PartFile.NotWritable(target, exception);
            }
        }
    }
}
