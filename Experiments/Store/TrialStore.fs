namespace Orchestrator.Experiments.Store

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Plan

/// Whether the store took an attempt's write.
[<RequireQualifiedAccess>]
type WriteAnswer =
    | Accepted
    /// The attempt is over in the store's eyes: nothing was written, and the worker must let go of the trial.
    | Superseded
    /// Taken, and the sweep's pruner stops the trial here, for this reason.
    | Hopeless of reason: string

/// An attempt under way on a machine, with the memory that its trial needs.
type Reservation = {
    ProcessId: int
    Process: string
    Bytes: int64
}

/// The process that asks for trials.
type ClaimRequest = {
    Sweep: string
    Worker: string
    Host: string
    ProcessId: int
    /// Tells the process from a later one with the same id: boot, process namespace, id and start time.
    Process: string
    Device: string
    Threads: int
    /// Program version, git commit, torch provider and version, as one JSON object.
    Provenance: string
    /// How long the worker may be silent before its first sign of progress.
    Lease: TimeSpan
    /// The memory that is left on the worker's machine beside the attempts under way there.
    Room: Reservation list -> int64
}

/// A trial in the hands of a worker.
type TrialClaim = {
    /// The fencing token: every write of the attempt carries it; grows with every attempt of any trial.
    Token: int64
    /// The attempt's number within its trial, from 1.
    Number: int
    Specification: TrialSpecification
    Varied: ParameterSet
    /// The trial's folder relative to the results folder, with forward slashes.
    Folder: string
}

/// What a worker gets when it asks for a trial.
[<RequireQualifiedAccess>]
type ClaimAnswer =
    | Claimed of TrialClaim
    /// Nothing can be taken now, but what others hold may come back.
    | Wait
    /// No pending trial fits into the memory that is left; those under way on this machine will give some back.
    | WaitForMemory of need: int64 * room: int64
    /// Every trial of the sweep is done.
    | Nothing

/// What a worker says that waits for memory.
module MemoryRoom =
    let private mebibytes (bytes: int64) = max 0L bytes / 1048576L

    let reason need room =
        $"the next trial needs {mebibytes need} MiB of memory, and {mebibytes room} MiB are left beside those under way"

/// What saving a plan changed.
type PlanSaved = {
    Added: int
    Kept: int
    /// Completed trials whose budget grew.
    Reopened: int
    /// Trials of an earlier plan that this one does not ask for; kept and marked.
    Orphaned: int
}

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

/// A trial that an earlier plan asked for and the last one did not.
type OrphanedTrial = {
    Sweep: string
    TrialId: string
    Varied: ParameterSet
    Seed: uint64
    State: TrialState
    EpochsDone: int
    /// Relative to the results folder, with forward slashes.
    Folder: string
    /// Another sweep still asks for it, so only this sweep lets go of it.
    Shared: bool
}

/// What a pruner decided about a trial after an epoch, with the figures that it was decided on.
type PruningDecision = {
    TrialId: string
    Epoch: int
    /// go-on, stop, or resumed: stopped, and let go on later.
    Verdict: string
    Value: float
    /// What the trial had to reach, where there was enough to compare with.
    Bound: float option
    Compared: int
    Reason: string option
    DecidedAt: DateTimeOffset
}

/// The results database: what every implementation promises, and tests/Experiments.Tests/Store proves.
///
/// Every member is one transaction. Problems of the surroundings (disk full, file read-only, database locked too
/// long) come as ProblemException. A trial is pending, running, completed, pruned or failed; it is running exactly
/// while its last attempt has no outcome. Every write of an attempt names its token and is refused with Superseded,
/// changing nothing, once the attempt has an outcome. Ending an attempt twice with one outcome is accepted, so
/// that a lost acknowledgement can be repeated.
type ITrialStore =
    inherit IDisposable

    /// Writes the sweep, its trials and their order; reopens completed trials whose budget grew; marks orphans.
    abstract SavePlan: plan: Plan * manifest: string -> PlanSaved

    /// Notes the name of the file that held the sweep's manifest.
    abstract NameManifest: sweep: string * file: string -> unit

    /// Gives failed trials of the sweep one more life. Answers how many.
    abstract RetryFailed: sweep: string -> int

    /// Takes the sweep's next pending trial, in the plan's order.
    abstract Claim: ClaimRequest -> ClaimAnswer

    /// Notes progress and renews the lease.
    abstract Renew: token: int64 * progress: TrialProgress * lease: TimeSpan -> WriteAnswer

    /// Notes where the attempt took the training up, with the figures so far.
    abstract RecordResumed: token: int64 * epoch: int * metrics: MetricValue seq * lease: TimeSpan -> WriteAnswer

    /// Writes an epoch's figures, its progress and the lease. Writing an epoch again replaces it.
    abstract RecordEpoch: token: int64 * epoch: int * metrics: MetricValue seq * lease: TimeSpan -> WriteAnswer

    /// Ends the attempt: figures, artifacts, outcome, and the trial's next state by the sweep's retry policy.
    abstract Finish: token: int64 * outcome: TrialOutcome * logTail: string -> WriteAnswer

    /// Ends attempts as lost. Answers the tokens that were ended.
    abstract MarkLost: tokens: int64 list * reason: string -> int64 list

    /// Ends an attempt as lost unless it gave a sign since this last one. Answers whether it was ended. When a lease is
    /// over is the caller's to measure: the times in the store come from clocks that people and networks set.
    abstract MarkSilent: token: int64 * progressedAt: DateTimeOffset * reason: string -> bool

    /// What the sweep's pruner decided.
    abstract Decisions: sweep: string -> PruningDecision list

    /// The sweep's trials as a sampler that learns sees them.
    abstract Figures: sweep: string -> TrialFigure list

    /// Trials that the sweep's sampler has still to propose.
    abstract ToCome: sweep: string -> int

    /// Plans proposed trials, while the sweep still has as many trials as the proposals were made on; with none, nothing
    /// more is awaited. Answers whether it did.
    abstract Propose: sweep: string * known: int * proposals: (Proposal * PlannedTrial list) list -> bool

    /// Attempts under way in the sweep.
    abstract Running: sweep: string -> RunningAttempt list

    abstract Counts: sweep: string -> StateCounts

    /// The counts, with the sweep's epochs.
    abstract Standing: sweep: string -> SweepStanding

    abstract Sweeps: unit -> SweepRecord list

    abstract Status: sweep: string -> SweepStatus option

    /// The sweep's trials in the plan's order, without their figures.
    abstract Trials: sweep: string -> TrialRecord list

    /// Mean seconds of an epoch of each configuration that such workers on this host completed trials of.
    abstract Pace: host: string * device: string * threads: int -> Map<string, float>

    /// Everything a report needs; None when there is no such sweep.
    abstract Results: sweep: string -> SweepResults option

    /// Says that a process is there; again to say that it still is. Answers whether it is asked to stop.
    abstract Beat: ProcessRecord -> bool

    /// Says that a process ended.
    abstract Leave: name: string -> unit

    /// Asks the sweep's coordinators to stop at a checkpoint; answers those that had not said that they ended.
    abstract AskToStop: sweep: string -> ProcessRecord list

    /// Trials that no plan of the sweep (of any sweep where none is named) asks for any more; none under way.
    abstract Orphans: sweep: string option -> OrphanedTrial list

    /// Deletes what Orphans shows; trials that another sweep holds stay. Answers the folders of the deleted ones.
    abstract Prune: sweep: string option -> string list

    /// The folder of every trial, relative to the results folder.
    abstract Folders: unit -> string list

    /// Writes what a call of `run` thinks that it will take, and what each configuration costs; answers its number.
    abstract SaveEstimate: estimate: EstimateRecord * costs: (string * Cost) list -> int64

    /// Writes what became of an estimate.
    abstract CloseEstimate: id: int64 * fact: EstimateFact -> unit

    /// The estimates of a sweep, the last one last.
    abstract Estimates: sweep: string -> EstimateRecord list

    /// Sets states that contradict the attempts right. Answers a sentence per repair.
    abstract Repair: sweep: string -> string list
