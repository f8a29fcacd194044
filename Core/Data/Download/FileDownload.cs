using System.Security.Cryptography;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Downloads a file of a published data set into the cache from the first mirror that has it, and verifies it.</summary>
internal static class FileDownload
{
    private static readonly HttpClient Shared = new(
        new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>How long a mirror may send nothing.</summary>
    public static TimeSpan DefaultStallLimit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Returns the path of the verified file.</summary>
    /// <exception cref="ProblemException">Every mirror failed, or the cache cannot be written.</exception>
    public static async Task<string> FetchAsync(
        PublishedDataset dataset,
        PublishedFile file,
        DatasetRequest request,
        CancellationToken cancellation,
        TimeSpan? stallLimit = null)
    {
        var target = Path.Combine(request.Locations.Cache, dataset.Name, file.Name + ".gz");
        using var held = await DownloadLock.TakeAsync(target, cancellation).ConfigureAwait(false);
        if (File.Exists(target))
            return target;
        var transfer = new MirrorTransfer(request.Http ?? Shared, stallLimit ?? DefaultStallLimit, request.Progress);
        var failures = new List<string>();
        foreach (var mirror in dataset.Mirrors)
        {
            var address = new Uri(mirror, file.Name + ".gz");
            try
            {
                await FromMirrorAsync(transfer, address, file, target, cancellation).ConfigureAwait(false);
                return target;
            }
            catch (MirrorFailureException failure)
            {
                failures.Add($"{address} {failure.Message}");
            }
        }
        throw new ProblemException(
            target,
            $"{dataset.Name}'s {file.Name} is in no data folder, and no mirror delivered it: {string.Join("; ", failures)}.",
            $"Check the network, or fetch {file.Name}.gz and what else is missing by hand from these addresses and put it "
                + $"there, or name the folder that has the files with --data or {DataLocations.DataVariable}.");
    }

    private static async Task FromMirrorAsync(
        MirrorTransfer transfer, Uri address, PublishedFile file, string target, CancellationToken cancellation)
    {
        var part = new PartFile(target, address);
        var resumed = part.Length > 0;
        await transfer.RunAsync(address, part, cancellation).ConfigureAwait(false);
        if (resumed && Mismatch(part, file) is not null)
        {
            // What an earlier process left may be older than the file on the server: once more from the beginning.
            part.Delete();
            await transfer.RunAsync(address, part, cancellation).ConfigureAwait(false);
        }
        if (Mismatch(part, file) is { } mismatch)
        {
            part.Delete();
            throw new MirrorFailureException(mismatch);
        }
        part.Publish();
    }

    private static string? Mismatch(PartFile part, PublishedFile file)
    {
        try
        {
            using var content = DataFile.Open(part.Path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 18];
            int read;
            while ((read = content.Fill(buffer)) > 0)
                hash.AppendData(buffer, 0, read);
            var found = Convert.ToHexStringLower(hash.GetHashAndReset());
            return found == file.Sha256
                ? null
                : $"delivered other content (SHA-256 {found} decompressed, {file.Sha256} expected)";
        }
        catch (ProblemException exception)
        {
            return $"delivered a file that cannot be read: {exception.Problems[0].Cause}";
        }
    }
}
