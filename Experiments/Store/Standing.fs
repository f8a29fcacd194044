namespace Orchestrator.Experiments.Store

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Trials of a sweep by state; orphans are not counted.
type StateCounts = {
    Planned: int
    Pending: int
    Running: int
    Completed: int
    Pruned: int
    Failed: int
} with

    /// Trials that will not change by themselves any more.
    member this.Settled = this.Completed + this.Pruned + this.Failed

/// How far a sweep is.
type SweepStanding = {
    Counts: StateCounts
    /// Epochs of all budgets together, and how many of them are trained or settled.
    Epochs: int
    EpochsDone: int
}

/// An attempt under way, as the coordinator and `status` see it.
type RunningAttempt = {
    Token: int64
    TrialId: string
    Number: int
    Varied: ParameterSet
    Seed: uint64
    Worker: string
    Host: string
    ProcessId: int
    Process: string
    Stage: string
    Epoch: int
    Batch: int
    Batches: int
    Budget: int
    Loss: float option
    StartedAt: DateTimeOffset
    ProgressedAt: DateTimeOffset
    LeaseExpiresAt: DateTimeOffset
}

/// Why a trial failed, with what its log said last.
type FailedTrial = {
    TrialId: string
    Varied: ParameterSet
    Seed: uint64
    Attempts: int
    Outcome: AttemptOutcome
    Error: string
    LogTail: string
}

/// A worker or coordinator that says it is there.
type ProcessRecord = {
    Name: string
    /// worker or coordinator
    Role: string
    Sweep: string
    Host: string
    ProcessId: int
    Process: string
}

/// A sweep at a glance.
type SweepStatus = {
    Sweep: SweepRecord
    Counts: StateCounts
    Running: RunningAttempt list
    Failures: FailedTrial list
    /// Epochs of all budgets together, and how many of them are trained or settled.
    Epochs: int
    EpochsDone: int
    /// Epochs that pruning and early stopping spared, those that failed trials lack, and trials that early stopping ended.
    EpochsSaved: int
    EpochsLost: int
    StoppedEarly: int
    /// Workers that wait, and why.
    Waiting: (ProcessRecord * string) list
    /// What the last call of `run` thought that it would take, and what it took.
    Estimate: EstimateRecord option
    /// Mean wall time of one epoch over the attempts that ended.
    SecondsPerEpoch: float option
}
