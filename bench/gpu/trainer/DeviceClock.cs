using System.Collections.Immutable;
using System.Diagnostics;
using Orchestrator.Core.Contracts;
using TorchSharp;

namespace Orchestrator.Bench;

/// <summary>
/// Takes the time of the steps after the warm-up, from when the device has done the one before them to when it has done the
/// last, and ends the training.
/// </summary>
internal sealed class DeviceClock(int warmup, int steps, string device, CancellationTokenSource end) : ITrialObserver
{
    private TimeSpan _processor;
    private long _start;
    private int _done;

    /// <summary>Wall clock over the measured steps.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Time of the host's processors over them.</summary>
    public TimeSpan Processor { get; private set; }

    /// <summary>Device memory that this process alone is seen to hold, in MiB; 0 on the CPU.</summary>
    public double DeviceMegabytes { get; private set; }

    /// <inheritdoc/>
    public void Progress(TrialProgress progress)
    {
        if (progress.Stage != "training")
            return;
        _done++;
        if (_done == warmup)
        {
            Wait();
            _processor = ProcessorTime();
            _start = Stopwatch.GetTimestamp();
        }
        else if (_done == warmup + steps)
        {
            Wait();
            Elapsed = Stopwatch.GetElapsedTime(_start);
            Processor = ProcessorTime() - _processor;
            DeviceMegabytes = MemoryInUse();
            end.Cancel();
        }
    }

    /// <inheritdoc/>
    public TrialDecision EpochCompleted(int epoch, ImmutableArray<MetricValue> metrics) => TrialDecision.Continue;

    /// <inheritdoc/>
    public void Resumed(int epoch, ImmutableArray<MetricValue> metrics, string? remark) =>
        throw new InvalidOperationException("a benchmark starts in an empty folder");

    /// <inheritdoc/>
    public void Log(string message) => Console.Error.WriteLine(message);

    private void Wait()
    {
        if (device != "cpu")
            torch.cuda.synchronize(torch.device(device));
    }

    private double MemoryInUse() => device == "cpu"
        ? 0
        : (Orchestrator.LibTorch.CudaDevices.TotalMemory(torch.device(device).index) - Orchestrator.LibTorch.CudaDevices.FreeMemory) / 1048576.0;

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
