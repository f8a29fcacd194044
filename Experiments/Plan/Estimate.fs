namespace Orchestrator.Experiments.Plan

open System.Collections.Generic
open Orchestrator.Experiments.Domain

/// What is left to train of a trial, with what its configuration costs.
type PricedTrial = {
    Trial: PlannedTrial
    EpochsDone: int
    Cost: Cost
}

/// What a sweep takes with so many workers.
type Estimate = {
    Workers: int
    Seconds: float
    /// When the trials that need most are under way together.
    MemoryBytes: int64
}

[<RequireQualifiedAccess>]
module Estimate =

    /// The time of a trial by a worker of its own.
    let trialSeconds (priced: PricedTrial) =
        let left = List.last priced.Trial.Epochs - priced.EpochsDone

        let readings =
            priced.Trial.Epochs
            |> List.filter (fun epoch -> epoch > priced.EpochsDone)
            |> List.length

        priced.Cost.SecondsPerTrial
        + float (max 0 left) * priced.Cost.SecondsPerEpoch
        + float readings * priced.Cost.SecondsPerReading

    // Each worker takes the next trial of the order as soon as it is free, as they do.
    let private busiest workers (durations: float list) =
        let free = PriorityQueue<float, float>()

        for _ in 1..workers do
            free.Enqueue(0., 0.)

        for duration in durations do
            let ends = free.Dequeue() + duration
            free.Enqueue(ends, ends)

        free.UnorderedItems |> Seq.map (fun struct (ends, _) -> ends) |> Seq.fold max 0.

    /// What the trials take with so many workers, in this order.
    let withWorkers (calibration: Calibration) (trials: PricedTrial list) (workers: int) : Estimate =
        let used = workers |> min trials.Length |> max 1
        let slower = Calibration.slowdown calibration used
        let durations = trials |> List.map (fun trial -> slower * trialSeconds trial)

        {
            Workers = workers
            Seconds =
                if trials.IsEmpty then
                    0.
                else
                    slower * calibration.StartSeconds + busiest used durations
            MemoryBytes =
                trials
                |> List.map _.Cost.MemoryBytes
                |> List.sortDescending
                |> List.truncate used
                |> List.sum
        }

    /// What the files of trials take on the disk, in bytes.
    let diskBytes (trials: PricedTrial list) = trials |> List.sumBy _.Cost.DiskBytes

    /// Puts a price on each trial; None when nothing is known of one's cost.
    let price (costOf: PlannedTrial -> Cost option) (epochsDone: PlannedTrial -> int) (trials: PlannedTrial list) =
        let priced =
            trials
            |> List.map (fun trial ->
                costOf trial
                |> Option.map (fun cost -> {
                    Trial = trial
                    EpochsDone = epochsDone trial
                    Cost = cost
                }))

        if List.forall Option.isSome priced then
            Some(List.choose id priced)
        else
            None
