using System.Diagnostics;
using System.Text;

namespace EndToEnd.Tests.Launch;

/// <summary>A command under way, with what it printed.</summary>
internal sealed class RunningCommand : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _text = new();

    public RunningCommand(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    /// <summary>Waits until the command has said this.</summary>
    public void UntilSaid(string text) => ProcessSweep.Until(
        () => Text.Contains(text, StringComparison.Ordinal) || HasExited,
        $"'{text}'");

    /// <summary>Waits for the end, which has to come with this exit code.</summary>
    public void EndsWith(int exitCode)
    {
        if (!_process.WaitForExit(180_000))
            throw new TimeoutException($"the command did not end; it said: {Text}");
        _process.WaitForExit();
        Assert.True(_process.ExitCode == exitCode, $"exit code {_process.ExitCode} in place of {exitCode}; it said: {Text}");
    }

    public void Kill() => Signals.Kill(ProcessId);

    public void Interrupt() => Signals.Interrupt(ProcessId);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Note(string? line)
    {
        lock (_text)
            _text.AppendLine(line);
    }
}
