namespace Orchestrator.Experiments.Plan

/// How many workers serve a sweep best.
[<RequireQualifiedAccess>]
module WorkerChoice =

    // A worker more must save this part of the time: it takes memory, and the measurement is not exact.
    let private worthwhile = 0.02

    /// The fewest workers, of at most so many, that are as fast as any and fit into the memory; one at least.
    let choose (calibration: Calibration) (trials: PricedTrial list) (most: int) (freeBytes: int64 option) : Estimate =
        let fits (estimate: Estimate) =
            match freeBytes with
            | Some free -> estimate.MemoryBytes <= free
            | None -> true

        let all = [
            for workers in 1 .. max 1 most -> Estimate.withWorkers calibration trials workers
        ]

        let fitting = List.head all :: (List.tail all |> List.takeWhile fits)
        let fastest = fitting |> List.map _.Seconds |> List.min

        fitting
        |> List.find (fun estimate -> estimate.Seconds <= fastest * (1. + worthwhile))
