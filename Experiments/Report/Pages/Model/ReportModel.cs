namespace Orchestrator.Report.Model;

/// <summary>All that the page shows, in words and digits ready to be read. A section that has nothing to say is null.</summary>
public sealed record ReportModel
{
    /// <summary>The head of the page.</summary>
    public required Head Head { get; init; }

    /// <summary>What won and how sure that is.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The configurations in order, at each reading.</summary>
    public required Leaderboard Leaderboard { get; init; }

    /// <summary>What each parameter does to the objective.</summary>
    public Effects? Effects { get; init; }

    /// <summary>How much of the spread each parameter explains, for each data set.</summary>
    public IReadOnlyList<Importances> Importances { get; init; } = [];

    /// <summary>The data sets that are compared each by itself; one where all learn from the same.</summary>
    public IReadOnlyList<string> DataSets { get; init; } = [];

    /// <summary>Any two measures against each other.</summary>
    public Plane? Plane { get; init; }

    /// <summary>The figures of every epoch.</summary>
    public Curves? Curves { get; init; }

    /// <summary>Images of the models.</summary>
    public Gallery? Gallery { get; init; }

    /// <summary>The models layer by layer.</summary>
    public Architectures? Architectures { get; init; }

    /// <summary>Latent spaces to look at and to decode.</summary>
    public Latents? Latents { get; init; }

    /// <summary>What is known of each trial, as JSON in which no character can end a script element; null with fewer than two.</summary>
    public string? TrialData { get; init; }

    /// <summary>Sections that a script adds.</summary>
    public IReadOnlyList<CustomSection> Custom { get; init; } = [];

    /// <summary>Seconds after which the open page loads itself again; null where the report is final.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>What happened while it ran.</summary>
    public required Happenings Happenings { get; init; }

    /// <summary>How to do it again.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What the charts draw, as JSON in which no character can end a script element.</summary>
    public required string ChartData { get; init; }
}

/// <summary>A labelled value.</summary>
public sealed record Fact(string Label, string Value);

/// <summary>A cell: the text people read and the number it sorts by, where it is one.</summary>
public sealed record Cell(string Text, double? Sort);

/// <summary>The head of the page.</summary>
/// <param name="Sweep">The sweep's name.</param>
/// <param name="Question">One sentence: what was asked.</param>
/// <param name="Written">When the page was written.</param>
/// <param name="Facts">A few facts: trials, seeds, epochs.</param>
public sealed record Head(string Sweep, string Question, string Written, IReadOnlyList<Fact> Facts);
