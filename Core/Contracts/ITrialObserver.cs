using System.Collections.Immutable;

namespace Orchestrator.Core.Contracts;

/// <summary>Where a trial stands.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Batch">Batches of it done.</param>
/// <param name="Batches">Batches of it in all.</param>
/// <param name="Loss">The last epoch's mean training loss, in nats per image; null in the first epoch.</param>
/// <param name="Stage">What is being done: <c>loading</c>, <c>training</c>, <c>validating</c>, <c>evaluating</c>.</param>
public sealed record TrialProgress(int Epoch, int Batch, int Batches, double? Loss, string Stage);

/// <summary>Whether a trial goes on after an epoch.</summary>
public enum TrialDecision
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>Stop: a pruner sees no hope.</summary>
    Prune,
}

/// <summary>Is told what a trial does, on the training thread. What it throws ends the attempt.</summary>
public interface ITrialObserver
{
    /// <summary>Called at most every <see cref="TrialEnvironment.ReportEvery"/>, and at each change of stage.</summary>
    void Progress(TrialProgress progress);

    /// <summary>Called at the end of each epoch with its figures (those of a reading included), after a due checkpoint is on disk.</summary>
    TrialDecision EpochCompleted(int epoch, ImmutableArray<MetricValue> metrics);

    /// <summary>Called when a training is taken up from a checkpoint, with every figure so far.</summary>
    void Resumed(int epoch, ImmutableArray<MetricValue> metrics, string? remark);

    /// <summary>Called with a sentence for the trial's log.</summary>
    void Log(string message);
}
