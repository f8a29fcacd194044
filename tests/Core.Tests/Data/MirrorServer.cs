using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Core.Tests.Data;

/// <summary>What the server says to one request; the body is cut, and the connection with it, after CutAfter bytes.</summary>
internal sealed record Answer(string Status, byte[] Body, string Headers = "", int? CutAfter = null, bool Silent = false);

/// <summary>A request as it arrived.</summary>
internal sealed record Asked(string Path, long? From);

/// <summary>An HTTP server on loopback that can misbehave: it speaks over plain sockets, so that it can break off anywhere.</summary>
internal sealed partial class MirrorServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<Asked, Answer> answer;
    private readonly Task serving;

    public MirrorServer(Func<Asked, Answer> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Answers as a good server does, ranges included.</summary>
    public static Answer Serve(Asked asked, byte[] file) => asked.From switch
    {
        null => new Answer("200 OK", file),
        { } from when from >= file.Length => new Answer("416 Range Not Satisfiable", [], $"Content-Range: bytes */{file.Length}\r\n"),
        { } from => new Answer(
            "206 Partial Content", file[(int)from..], $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}\r\n"),
    };

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        serving.GetAwaiter().GetResult();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (!stop.IsCancellationRequested)
                connections.Add(AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception e) when (stop.IsCancellationRequested && e is (OperationCanceledException or InvalidOperationException))
        {
            // The listener was stopped before or while it waited.
        }

        await Task.WhenAll(connections);
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            var asked = Parse(await ReadHeadAsync(stream));
            Requests.Enqueue(asked);
            var reply = answer(asked);
            if (reply.Silent)
                await Task.Delay(Timeout.Infinite, stop.Token);
            var head = $"HTTP/1.1 {reply.Status}\r\n{reply.Headers}Content-Length: {reply.Body.Length}\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop.Token);
            await stream.WriteAsync(reply.Body.AsMemory(0, reply.CutAfter ?? reply.Body.Length), stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client hung up or the test is over: nothing is left to answer.
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, stop.Token);
            if (read == 0)
                throw new IOException("The client hung up.");
            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        return head.ToString();
    }

    private static Asked Parse(string head)
    {
        var range = RangePattern().Match(head);
        return new Asked(head.Split(' ')[1], range.Success ? long.Parse(range.Groups[1].ValueSpan, null) : null);
    }

    [GeneratedRegex(@"Range: bytes=(\d+)-", RegexOptions.IgnoreCase)]
    private static partial Regex RangePattern();
}
