using Orchestrator.Core.Batches;
using Orchestrator.Core.Devices;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training.Steps;

/// <summary>
/// Takes training steps by repeating a recorded one: gather, loss, gradients, optimizers and sums are one start on the device.
/// The first steps are plain ones, since libraries prepare themselves in them; a short last batch is a plain one too, and so
/// is every step while a scheduled number of the loss changes. Where recording fails, all are.
/// </summary>
internal sealed class RecordedSteps : TrainingSteps
{
    private const int PlainAtFirst = 3;

    private readonly DeviceRuntime _runtime;
    private readonly Device _device;
    private readonly Action<string> _refuse;
    private readonly StaticBatches _batches;
    private ScheduledNumbers? _seen;
    private RecordedStep? _recorded;
    private ScheduledNumbers? _recordedNumbers;
    private int _plain;
    private bool _isRefused;

    /// <param name="optimizations">What a step minimizes.</param>
    /// <param name="images">Images of an epoch.</param>
    /// <param name="batchSize">Images of a whole batch.</param>
    /// <param name="runtime">What records.</param>
    /// <param name="device">The training's device.</param>
    /// <param name="refuse">Told once, in a sentence, when steps cannot be recorded.</param>
    public RecordedSteps(
        IReadOnlyList<Optimization> optimizations, int images, int batchSize, DeviceRuntime runtime, Device device, Action<string> refuse)
        : base(optimizations, batchSize)
    {
        (_runtime, _device, _refuse) = (runtime, device, refuse);
        _batches = new StaticBatches(images, batchSize, device);
    }

    /// <summary>Steps that were repeated from a recording.</summary>
    public long Repeated { get; private set; }

    public override string? Reservation => _plain > PlainAtFirst && Repeated == 0 && !_isRefused
        ? Why("a number of the loss changed from step to step")
        : null;

    public override void Take(ImageSelection order, int index, TrainingStep step)
    {
        var isWhole = (long)(index + 1) * BatchSize <= order.Count;
        if (isWhole && !_isRefused && IsRecorded(order, index, step))
            Repeat(order, index);
        else
            TakePlainly(order, index, step);
    }

    protected override void Dispose(bool disposing)
    {
        _recorded?.Dispose();
        _batches.Dispose();
        base.Dispose(disposing);
    }

    private bool IsRecorded(ImageSelection order, int index, TrainingStep step)
    {
        if (_recorded is not null && _recordedNumbers!.HoldAt(step))
            return true;
        // A recording serves as long as its numbers hold: none is made for numbers that are about to change.
        return _plain >= PlainAtFirst && _seen!.HoldAt(step) && _seen.HoldAt(step.Next) && Record(order, index, step);
    }

    private bool Record(ImageSelection order, int index, TrainingStep step)
    {
        if (_runtime.WhyNoRecording(_device) is { } reason)
            return Refuse(reason);
        _recorded?.Dispose();
        _recorded = null;
        _recordedNumbers = new ScheduledNumbers();
        _batches.MoveTo(order, index);
        var watched = step.Watched(_recordedNumbers);
        try
        {
            _recorded = _runtime.Record(_device, [.. Optimizations.Select(optimization => optimization.Optimizer)], () => TakeFromDevice(watched));
            return true;
        }
        catch (NotRecordableException e)
        {
            return Refuse(e.Message);
        }
    }

    private void TakeFromDevice(TrainingStep step)
    {
        using var scope = NewDisposeScope();
        var batch = _batches.Take();
        foreach (var optimization in Optimizations)
            optimization.Step(batch, step);
    }

    private void Repeat(ImageSelection order, int index)
    {
        _batches.MoveTo(order, index);
        _recorded!.Replay();
        _batches.Taken();
        Repeated++;
    }

    private void TakePlainly(ImageSelection order, int index, TrainingStep step)
    {
        _seen = new ScheduledNumbers();
        base.Take(order, index, step.Watched(_seen));
        _plain++;
    }

    private bool Refuse(string reason)
    {
        _isRefused = true;
        _refuse(Why(reason));
        return false;
    }

    private static string Why(string reason) => $"cuda_graphs: the steps ran one by one, since {reason}";
}
