namespace Orchestrator.Experiments.Domain

open System
open Orchestrator.Core.Contracts

/// The states of a trial.
[<RequireQualifiedAccess>]
type TrialState =
    | Pending
    | Running
    | Completed
    | Pruned
    | Failed

/// A trial as the store knows it.
type TrialRecord = {
    Id: string
    ConfigurationId: string
    Parameters: ParameterSet
    Varied: ParameterSet
    Seed: uint64
    Epochs: int list
    DataFingerprint: string
    State: TrialState
    EpochsDone: int
    /// Early stopping ended the training before its budget: its last figures count at every later reading.
    StoppedEarly: bool
    Attempts: int
    /// The attempt whose figures count; its number within the trial.
    EffectiveAttempt: int option
    /// The last error, for people.
    Error: string option
    /// Relative to the results folder, with forward slashes.
    Folder: string
} with

    /// The epoch whose figures are the trial's at a reading.
    member this.EpochAt(reading: int) =
        if this.StoppedEarly then
            min reading this.EpochsDone
        else
            reading

/// An attempt as the store knows it.
type AttemptRecord = {
    TrialId: string
    Number: int
    Worker: string
    Host: string
    ProcessId: int
    Device: string
    Threads: int
    StartedAt: DateTimeOffset
    EndedAt: DateTimeOffset option
    /// None while it runs.
    Outcome: AttemptOutcome option
    StartEpoch: int
    EpochsDone: int
    Error: string option
    Interruptions: int
    WeightsDigest: string option
    /// Program version, git commit, torch provider and version, as one JSON object.
    Provenance: string
}

/// A figure of a trial's effective (or running) attempt.
type MetricRecord = {
    TrialId: string
    Epoch: int
    Name: string
    Value: float
}

/// A file of a trial's effective attempt.
type ArtifactRecord = {
    TrialId: string
    Kind: string
    /// Relative to the results folder, with forward slashes.
    Path: string
    Sha256: string
    Bytes: int64
    Epoch: int
    Description: string
}

/// A sweep as the store knows it.
type SweepRecord = {
    Name: string
    /// The manifest's text as it was run.
    Manifest: string
    /// The name of the file that held it, without its folder; empty where that was not recorded.
    ManifestFile: string
    Objective: Objective
    CreatedAt: DateTimeOffset
    UpdatedAt: DateTimeOffset
}

/// What a call of `run` thought that the rest of a sweep would take, and what it took.
type EstimateRecord = {
    Id: int64
    Sweep: string
    /// The coordinator's name.
    Coordinator: string
    MadeAt: DateTimeOffset
    Workers: int
    Threads: int
    Device: string
    /// What was left to do.
    Trials: int
    Epochs: int
    /// Wall time from the first worker's start to the last trial's end.
    Seconds: float
    /// Of all workers together, when the trials that need most are under way.
    MemoryBytes: int64
    /// Of the trials' files.
    DiskBytes: int64
    /// What the estimate is drawn from, in words.
    Source: string
    /// Of all workers' processors together; None on a GPU and with several threads, where it is not known.
    ProcessorSeconds: float option
    Fact: EstimateFact option
}

/// What a call of `run` came to.
and EstimateFact = {
    EndedAt: DateTimeOffset
    Seconds: float
    /// The most memory that its workers were seen to hold together.
    MemoryBytes: int64
    /// Of the trials' files that were written since.
    DiskBytes: int64
    EpochsTrained: int
    /// False when it was interrupted: what it took is then no measure of the estimate.
    Finished: bool
    /// That its workers used together, where the system says so.
    ProcessorSeconds: float option
}

/// All that a report says about one sweep comes out of this one read of the store.
type SweepResults = {
    Sweep: SweepRecord
    Trials: TrialRecord list
    Attempts: AttemptRecord list
    Metrics: MetricRecord list
    Artifacts: ArtifactRecord list
    /// One of each call of `run`, the last one last.
    Estimates: EstimateRecord list
}
