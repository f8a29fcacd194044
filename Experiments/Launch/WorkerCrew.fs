namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Generic
open Orchestrator.Experiments.Domain

/// A worker process and what it is at.
type CrewMember = {
    Process: WorkerProcess
    Slot: WorkerSlot
    mutable Line: WorkerLine
    /// It has had a trial: its death is then the trial's matter and not the start's.
    mutable Claimed: bool
    mutable KilledBecause: string option
}

/// The worker processes of one coordinator: starts them, remembers what they say, and ends them.
type WorkerCrew(coordinator: string, options: CoordinatorOptions, post: WorkerEvent -> unit, say: string -> unit) =
    let members = Dictionary<string, CrewMember>()
    let mutable started = 0

    let idle worker = {
        Worker = worker
        Trial = None
        Stage = ""
        Epoch = 0
        Budget = 0
        Batch = 0
        Batches = 0
        Loss = None
    }

    let arguments worker (slot: WorkerSlot) =
        [
            "worker"
            "--sweep"
            options.Sweep
            "--results"
            options.Results
            "--name"
            worker
            "--threads"
            string options.Threads
            "--device"
            slot.Device
        ]
        @ (options.Data
           |> Option.map (fun folder -> [ "--data"; folder ])
           |> Option.defaultValue [])

    let freeSlots () =
        let taken = members.Values |> Seq.map _.Slot |> List.ofSeq

        taken
        |> List.fold
            (fun free slot ->
                match List.tryFindIndex ((=) slot) free with
                | Some index -> List.removeAt index free
                | None -> free)
            options.Slots

    let start slot =
        started <- started + 1
        let worker = $"{coordinator}-{started}"

        let info =
            WorkerProcess.startInfo options.Threads slot.VisibleGpus (arguments worker slot)

        members[worker] <- {
            Process = new WorkerProcess(worker, info, post)
            Slot = slot
            Line = idle $"worker {started}"
            Claimed = false
            KilledBecause = None
        }

    member _.Count = members.Count
    member _.Members = members.Values |> List.ofSeq
    member _.Lines = [ for held in members.Values -> held.Line ]

    /// The memory that all of them hold now.
    member _.ResidentBytes() =
        members.Values
        |> Seq.sumBy (fun held -> ProcessMemory.resident held.Process.ProcessId |> Option.defaultValue 0L)

    /// Workers that have no trial.
    member _.Unoccupied =
        members.Values |> Seq.filter (fun held -> held.Line.Trial.IsNone) |> Seq.length

    member _.TryFind worker =
        match members.TryGetValue worker with
        | true, held -> Some held
        | _ -> None

    /// Starts so many workers, as far as slots are free.
    member _.Start count =
        freeSlots () |> List.truncate count |> List.iter start

    /// Takes a worker whose process ended off the list.
    member _.Remove worker = members.Remove worker |> ignore

    /// Asks all of them to stop at a checkpoint.
    member _.Stop() =
        for held in members.Values do
            held.Process.Stop()

    /// Ends one at once, for a reason that its trial's record will show.
    member _.Kill(held: CrewMember, reason) =
        held.KilledBecause <- Some reason
        held.Process.Kill()

    /// Ends all of them at once.
    member _.EndEverything() =
        for held in members.Values do
            held.Process.Kill()

    /// Notes what a worker says of itself.
    member _.Hear(held: CrewMember, message) =
        match message with
        | WorkerMessage.Claimed(_, label, attempt, budget) ->
            held.Claimed <- true

            held.Line <- {
                idle held.Line.Worker with
                    Trial = Some label
                    Budget = budget
                    Stage = "starting"
            }

            if attempt > 1 then
                say $"{label}: attempt {attempt}"
        | WorkerMessage.Progress(epoch, batch, batches, loss, stage) ->
            held.Line <- {
                held.Line with
                    Epoch = epoch
                    Batch = batch
                    Batches = batches
                    Loss = loss
                    Stage = stage
            }
        | WorkerMessage.Waiting reason ->
            held.Line <- {
                idle held.Line.Worker with
                    Stage = reason
            }

            say $"{held.Line.Worker} waits: {reason}"
        | WorkerMessage.EpochDone epoch -> held.Line <- { held.Line with Epoch = epoch }
        | WorkerMessage.Ended(_, outcome, epochs, error) ->
            let label = held.Line.Trial |> Option.defaultValue ""
            let cause = error |> Option.map (fun text -> ": " + text) |> Option.defaultValue ""
            let trained = Numerals.counted epochs "epoch"
            say $"{label}: {outcome.ToLowerInvariant()} after {trained}{cause}"
            held.Line <- idle held.Line.Worker

    /// How a process ended, with what it last wrote.
    member _.HowItEnded(held: CrewMember, code: int) =
        let ending =
            match held.KilledBecause with
            | Some reason -> reason
            | None when code > 128 -> $"the worker process was killed by signal {code - 128}"
            | None -> $"the worker process ended with code {code}"

        match held.Process.LastLines with
        | "" -> ending
        | lines -> $"{ending}; it last wrote: {lines}"
