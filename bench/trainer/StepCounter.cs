using System.Collections.Immutable;
using System.Diagnostics;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Bench;

/// <summary>
/// Follows a training batch by batch, takes the time of the steps after the warm-up, and ends the training after them.
/// </summary>
/// <param name="warmup">Steps before those that are measured.</param>
/// <param name="length">How many are measured, or for how long.</param>
/// <param name="end">Ends the training.</param>
internal sealed class StepCounter(int warmup, Length length, CancellationTokenSource end) : ITrialObserver
{
    private TimeSpan _processor;
    private long _clock;
    private long _allocated;
    private int _collections;
    private int _done;

    /// <summary>Steps that were measured.</summary>
    public int Steps => _done - warmup;

    /// <summary>User and system time of the whole process over the measured steps.</summary>
    public TimeSpan Processor { get; private set; }

    /// <summary>Wall clock over the measured steps.</summary>
    public TimeSpan Clock { get; private set; }

    /// <summary>Bytes that the training thread allocated on the managed heap over the measured steps.</summary>
    public long Allocated { get; private set; }

    /// <summary>Garbage collections over the measured steps.</summary>
    public int Collections { get; private set; }

    /// <summary>Mean loss of each epoch that was completed.</summary>
    public ImmutableArray<double> Losses { get; private set; } = [];

    /// <inheritdoc/>
    public void Progress(TrialProgress progress)
    {
        if (progress.Stage != "training")
            return;
        _done++;
        if (_done == warmup)
        {
            length.Begin();
            _processor = ProcessorTime();
            _clock = Stopwatch.GetTimestamp();
            _allocated = GC.GetAllocatedBytesForCurrentThread();
            _collections = GC.CollectionCount(0);
        }
        else if (_done > warmup && !end.IsCancellationRequested && length.IsOver(Steps, Stopwatch.GetElapsedTime(_clock)))
        {
            Processor = ProcessorTime() - _processor;
            Clock = Stopwatch.GetElapsedTime(_clock);
            Allocated = GC.GetAllocatedBytesForCurrentThread() - _allocated;
            Collections = GC.CollectionCount(0) - _collections;
            end.Cancel();
        }
    }

    /// <inheritdoc/>
    public TrialDecision EpochCompleted(int epoch, ImmutableArray<MetricValue> metrics)
    {
        Losses = Losses.Add(metrics.First(metric => metric.Name is "train/loss" or "train/discriminator_loss").Value);
        return TrialDecision.Continue;
    }

    /// <inheritdoc/>
    public void Resumed(int epoch, ImmutableArray<MetricValue> metrics, string? remark) =>
        throw new InvalidOperationException("a benchmark starts in an empty folder");

    /// <inheritdoc/>
    public void Log(string message) => Console.Error.WriteLine(message);

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
