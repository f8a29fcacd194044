namespace Orchestrator.Experiments.Store

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

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
