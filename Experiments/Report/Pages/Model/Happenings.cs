namespace Orchestrator.Report.Model;

/// <summary>What happened while it ran.</summary>
/// <param name="Summary">A sentence or two.</param>
/// <param name="Timeline">Attempts over time, or null where nothing started.</param>
/// <param name="Failures">Trials that did not finish, with their errors.</param>
/// <param name="Attempts">Attempts, the newest last.</param>
/// <param name="AttemptsNote">Which attempts the table leaves out, or empty.</param>
public sealed record Happenings(
    string Summary,
    Timeline? Timeline,
    IReadOnlyList<FailureRow> Failures,
    IReadOnlyList<AttemptRow> Attempts,
    string AttemptsNote);

/// <summary>A trial that did not finish.</summary>
public sealed record FailureRow(string Trial, string Label, string Seed, string Outcome, string Attempts, string Error);

/// <summary>One attempt in words.</summary>
public sealed record AttemptRow(
    string Trial, string Number, string Worker, string Outcome, string Started, string Lasted, string Epochs, string Interruptions);

/// <summary>Attempts over time. A thousand units are the whole width.</summary>
public sealed record Timeline(IReadOnlyList<TimelineLane> Lanes, IReadOnlyList<TimelineTick> Ticks);

/// <summary>A worker's line.</summary>
public sealed record TimelineLane(string Worker, string Utilisation, IReadOnlyList<TimelineSpan> Spans);

/// <summary>An attempt's place on the line; the kind names its colour.</summary>
public sealed record TimelineSpan(string Start, string Width, string Kind, string Title);

/// <summary>A mark on the time axis.</summary>
public sealed record TimelineTick(string At, string Label);
