using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.Core.Data;

/// <summary>
/// Brings one address into its part file. A connection that breaks is taken up again where it broke (HTTP range
/// requests, RFC 9110 section 14) as long as every attempt brings something; a server that ignores ranges starts anew.
/// </summary>
internal sealed class MirrorTransfer(HttpClient http, TimeSpan stallLimit, IProgress<DataProgress>? progress)
{
    private const int FruitlessAttempts = 2;
    private const int BufferSize = 1 << 18;

    /// <summary>Transfers until the server says that all has arrived.</summary>
    /// <exception cref="MirrorFailureException">The server refused or keeps breaking off.</exception>
    /// <exception cref="Contracts.ProblemException">The disk refused.</exception>
    public async Task RunAsync(Uri address, PartFile part, CancellationToken cancellation)
    {
        var fruitless = 0;
        while (true)
        {
            var before = part.Length;
            try
            {
                await AttemptAsync(address, part, cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || IsStall(exception, cancellation))
            {
                fruitless = part.Length > before ? 0 : fruitless + 1;
                if (fruitless >= FruitlessAttempts)
                    throw new MirrorFailureException(Reason(exception, part.Length));
            }
        }
    }

    private async Task AttemptAsync(Uri address, PartFile part, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var have = part.Length;
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(stallLimit);
        using var response = await http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            if (response.Content.Headers.ContentRange?.Length == have)
                return;
            part.Delete();
            throw new HttpRequestException("the part on disk does not fit the file on the server");
        }
        if (!response.IsSuccessStatusCode)
            throw new MirrorFailureException(
                FormattableString.Invariant($"answered {(int)response.StatusCode} {response.ReasonPhrase}"));
        var resumed = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == have;
        if (response.StatusCode == HttpStatusCode.PartialContent && !resumed)
        {
            part.Delete();
            throw new HttpRequestException("the server sent another range than the one asked for");
        }
        await CopyAsync(response, part, resumed ? have : 0, stall, address).ConfigureAwait(false);
    }

    private async Task CopyAsync(
        HttpResponseMessage response, PartFile part, long start, CancellationTokenSource stall, Uri address)
    {
        var total = start + response.Content.Headers.ContentLength;
        var step = $"downloading {Path.GetFileName(address.AbsolutePath)}";
        var buffer = new byte[BufferSize];
        using var body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
        using var file = part.Open(append: start > 0);
        for (var arrived = start; ;)
        {
            stall.CancelAfter(stallLimit);
            var read = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
            if (read == 0)
                return;
            part.Guard(() =>
            {
                file.Write(buffer, 0, read);
                file.Flush();
                return true;
            });
            arrived += read;
            progress?.Report(new DataProgress(step, arrived, total, "bytes"));
        }
    }

    private static bool IsStall(Exception exception, CancellationToken cancellation) =>
        exception is OperationCanceledException && !cancellation.IsCancellationRequested;

    private string Reason(Exception exception, long arrived)
    {
        var what = exception is OperationCanceledException
            ? FormattableString.Invariant($"sent nothing for {stallLimit.TotalSeconds:0.#} s")
            : exception.Message;
        return arrived == 0 ? what : FormattableString.Invariant($"{what} (after {arrived:N0} bytes, kept for the next try)");
    }
}
