namespace Orchestrator.Experiments.Store

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Plan

/// What saving a plan changed.
type PlanSaved = {
    Added: int
    Kept: int
    /// Completed trials whose budget grew.
    Reopened: int
    /// Trials of an earlier plan that this one does not ask for; kept and marked.
    Orphaned: int
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

    /// What to do about once a second while another process keeps this one from writing, told which one and for how
    /// long it was seen to; it answers whether to wait on. With None, as it is at first, a write gives up after a minute.
    abstract WhileLocked: work: (LockHolder option -> TimeSpan -> bool) option -> unit

    /// Sets states that contradict the attempts right. Answers a sentence per repair.
    abstract Repair: sweep: string -> string list
