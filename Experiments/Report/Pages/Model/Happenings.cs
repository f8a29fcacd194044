namespace Orchestrator.Report.Model;

/// <summary>What happened while it ran.</summary>
/// <param name="Summary">A sentence or two.</param>
/// <param name="Estimates">What each call of run thought that it would take, and what it took.</param>
/// <param name="Timeline">Attempts over time, or null where nothing started.</param>
/// <param name="Failures">Trials that did not finish, with their errors.</param>
/// <param name="Attempts">Attempts, the newest last.</param>
/// <param name="AttemptsNote">Which attempts the table leaves out, or empty.</param>
public sealed record Happenings(
    string Summary,
    IReadOnlyList<EstimateRow> Estimates,
    Timeline? Timeline,
    IReadOnlyList<FailureRow> Failures,
    IReadOnlyList<AttemptRow> Attempts,
    string AttemptsNote);

/// <summary>An estimate beside the fact; a dash where there is none yet.</summary>
/// <param name="Made">When.</param>
/// <param name="For">Trials, epochs, workers and device.</param>
/// <param name="Source">What it was drawn from.</param>
/// <param name="Time">Estimated and taken.</param>
/// <param name="Ratio">The time taken for each unit of the estimate.</param>
/// <param name="Memory">Estimated and at most.</param>
/// <param name="Disk">Estimated and written.</param>
public sealed record EstimateRow(string Made, string For, string Source, string Time, string Ratio, string Memory, string Disk);

/// <summary>A trial that did not finish; <c>Of</c> is the place of its configuration among the chart data's, here and below.</summary>
public sealed record FailureRow(int Of, string Trial, string Label, string Seed, string Outcome, string Attempts, string Error);

/// <summary>One attempt in words.</summary>
public sealed record AttemptRow(
    int Of, string Trial, string Number, string Worker, string Outcome, string Started, string Lasted, string Epochs, string Interruptions);

/// <summary>Attempts over time. A thousand units are the whole width.</summary>
public sealed record Timeline(IReadOnlyList<TimelineLane> Lanes, IReadOnlyList<TimelineTick> Ticks);

/// <summary>A worker's line.</summary>
public sealed record TimelineLane(string Worker, string Utilisation, IReadOnlyList<TimelineSpan> Spans);

/// <summary>An attempt's place on the line; the kind names its colour.</summary>
public sealed record TimelineSpan(int Of, string Start, string Width, string Kind, string Title);

/// <summary>A mark on the time axis.</summary>
public sealed record TimelineTick(string At, string Label);
