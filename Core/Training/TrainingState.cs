using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Training;

/// <summary>Where a training stands, beside the tensors.</summary>
internal sealed record TrainingState
{
    /// <summary>Nothing trained.</summary>
    public static TrainingState Start { get; } = new();

    /// <summary>Epochs completed.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches done of the epoch after them.</summary>
    public int Batch { get; init; }

    /// <summary>True when the budget of the attempt that wrote this was reached.</summary>
    public bool Finished { get; init; }

    /// <summary>How often the training was cut off and taken up again.</summary>
    public int Interruptions { get; init; }

    /// <summary>Every figure so far, in the order of measurement.</summary>
    public ImmutableArray<MetricValue> Metrics { get; init; } = [];

    /// <summary>Facts worth a sentence in the report.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>The last epoch's mean training loss, or null in the first epoch.</summary>
    [JsonIgnore]
    public double? LastLoss => Metrics.LastOrDefault(metric => metric.Name == "train/loss")?.Value;

    /// <summary>The state with a fact more, which it says once.</summary>
    public TrainingState Remark(string remark) => Remarks.Contains(remark) ? this : this with { Remarks = Remarks.Add(remark) };

    /// <summary>The outcome of an attempt that ends here.</summary>
    public TrialOutcome ToOutcome(AttemptOutcome outcome) => new()
    {
        Outcome = outcome,
        EpochsDone = Epoch,
        Metrics = Metrics,
        Interruptions = Interruptions,
        Remarks = Remarks,
    };
}
