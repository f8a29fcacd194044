namespace Orchestrator.Experiments.Plan

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Core.Training
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
    /// On a machine that does nothing else.
    Seconds: float
    /// Of all workers' processors together.
    WorkSeconds: float
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

        let start =
            trials
            |> List.map (fun trial -> slower * trial.Cost.SecondsPerWorker)
            |> List.fold max 0.

        {
            Workers = workers
            Seconds =
                if trials.IsEmpty then
                    0.
                else
                    start + busiest used durations
            WorkSeconds =
                if trials.IsEmpty then
                    0.
                else
                    float used * start + List.sum durations
            MemoryBytes =
                trials
                |> List.map _.Cost.MemoryBytes
                |> List.sortDescending
                |> List.truncate used
                |> List.sum
        }

    // A checkpoint is written at each reading, and between two of them every half minute.
    let private secondsBetweenCheckpoints = 30.

    let private bytes (priced: PricedTrial) =
        let epochs = float (List.last priced.Trial.Epochs)

        if
            priced.Trial.Epochs.Length > 1
            || epochs * priced.Cost.SecondsPerEpoch > secondsBetweenCheckpoints
        then
            priced.Cost.DiskBytes + priced.Cost.CheckpointBytes
        else
            priced.Cost.DiskBytes

    /// What the files of trials take on the disk, in bytes.
    let diskBytes (trials: PricedTrial list) = trials |> List.sumBy bytes

    let private stopsEarly (trial: PlannedTrial) =
        trial.Parameters.Get TrainingParameters.Patience > 0

    /// True when trials may end before their last epoch: what is estimated is then the most that they take.
    let isUpperBound (pruner: Pruner) (trials: PlannedTrial list) =
        pruner <> Pruner.Off || List.exists stopsEarly trials

    /// Trials that are not known yet, as many as a sampler will still propose: they are thought to take what the known
    /// ones take on average.
    let toCome (count: int) (known: PricedTrial list) : PricedTrial list =
        match known with
        | [] -> []
        | first :: _ ->
            let average (part: Cost -> float) =
                known |> List.averageBy (fun trial -> part trial.Cost)

            let cost = {
                SecondsPerEpoch = average _.SecondsPerEpoch
                SecondsPerReading = average _.SecondsPerReading
                SecondsPerTrial = average _.SecondsPerTrial
                SecondsPerWorker = average _.SecondsPerWorker
                MemoryBytes = known |> List.map _.Cost.MemoryBytes |> List.max
                GpuBytes = known |> List.map _.Cost.GpuBytes |> List.max
                DiskBytes = int64 (average (fun cost -> float cost.DiskBytes))
                CheckpointBytes = int64 (average (fun cost -> float cost.CheckpointBytes))
            }

            List.replicate count {
                first with
                    EpochsDone = 0
                    Cost = cost
            }

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
