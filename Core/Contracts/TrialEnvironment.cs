namespace Orchestrator.Core.Contracts;

/// <summary>Where and with what a trial is trained. Nothing here changes its identity.</summary>
public sealed record TrialEnvironment
{
    /// <summary>The trial's own folder: checkpoints, weights and artifacts lie in it. Created when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>The device: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of one operator.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The folder of data sets given by the user, or null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>A folder for what trials of the same data share and can be made again; null to keep nothing.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Longest time between two checkpoints; one is also written at each reading and at the end of each epoch that took longer than this.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time between two progress reports to the observer.</summary>
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Ends each epoch's training after this time, or null. It is for measuring what an epoch costs: what is trained so is no
    /// result.
    /// </summary>
    public TimeSpan? TrainEpochFor { get; init; }
}
