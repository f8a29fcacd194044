using System.Collections.Immutable;

namespace Orchestrator.Core.Contracts;

/// <summary>How an attempt at a trial ended.</summary>
public enum AttemptOutcome
{
    /// <summary>The budget was trained and evaluated.</summary>
    Completed,

    /// <summary>An error of the program or of its surroundings.</summary>
    Failed,

    /// <summary>The worker died or stopped making progress; only the orchestrator says so.</summary>
    Lost,

    /// <summary>Asked to stop; a checkpoint was written.</summary>
    Preempted,

    /// <summary>Stopped by a person, not to go on by itself.</summary>
    Cancelled,

    /// <summary>The device or the machine had no memory left.</summary>
    OutOfMemory,

    /// <summary>The loss became NaN or infinite.</summary>
    Diverged,

    /// <summary>A pruner stopped the trial.</summary>
    Pruned,
}

/// <summary>One figure: a metric of the catalogue at the end of an epoch. The value is always finite.</summary>
/// <param name="Epoch">The epoch, from 1; 0 is before training.</param>
/// <param name="Name">The metric's id, such as <c>val/elbo</c>.</param>
/// <param name="Value">In the metric's unit.</param>
public sealed record MetricValue(int Epoch, string Name, double Value);

/// <summary>A file that a trial leaves behind.</summary>
/// <param name="Kind">What it is: <c>weights</c>, <c>reconstructions</c>, <c>samples</c>, ...</param>
/// <param name="Path">Relative to the trial's folder, with forward slashes.</param>
/// <param name="Sha256">Digest of the file's bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Epoch">The epoch it shows.</param>
/// <param name="Description">One sentence for a caption.</param>
public sealed record Artifact(string Kind, string Path, string Sha256, long Bytes, int Epoch, string Description);

/// <summary>What came out of an attempt.</summary>
public sealed record TrialOutcome
{
    /// <summary>How it ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Epochs completed, those of earlier attempts included.</summary>
    public required int EpochsDone { get; init; }

    /// <summary>True when early stopping ended the training before its budget: no larger budget adds an epoch to it.</summary>
    public bool StoppedEarly { get; init; }

    /// <summary>Every figure of the trial from its first epoch on, those of earlier attempts included.</summary>
    public ImmutableArray<MetricValue> Metrics { get; init; } = [];

    /// <summary>The files of the trial.</summary>
    public ImmutableArray<Artifact> Artifacts { get; init; } = [];

    /// <summary>SHA-256 over the names, shapes and bytes of the final weights, where completed.</summary>
    public string? WeightsDigest { get; init; }

    /// <summary>How often the training was interrupted and taken up again.</summary>
    public int Interruptions { get; init; }

    /// <summary>Facts worth a sentence in the report: a fallback to an older checkpoint, dead units, a collapsed posterior.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Why it did not complete, for people.</summary>
    public string? Error { get; init; }
}
