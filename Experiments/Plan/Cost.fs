namespace Orchestrator.Experiments.Plan

/// What the training of a configuration takes, by one worker that has its core for itself.
type Cost = {
    /// An epoch's training and validation.
    SecondsPerEpoch: float
    /// The figures of one reading, and its checkpoint.
    SecondsPerReading: float
    /// What each trial begins and ends with: data, model, weights, images.
    SecondsPerTrial: float
    /// What each worker begins with, and what it finds out once about the data.
    SecondsPerWorker: float
    /// The most memory of the worker's process.
    MemoryBytes: int64
    /// The most memory of the GPU that it trains on; 0 on a CPU.
    GpuBytes: int64
    /// The trial's files, with one checkpoint.
    DiskBytes: int64
    /// A second checkpoint, which a trial keeps that has written more than one.
    CheckpointBytes: int64
}

/// A cost that was measured.
type MeasuredCost = { Workload: Workload; Cost: Cost }

/// What is known of this machine.
type Calibration = {
    Measured: MeasuredCost list
    /// How much longer each worker takes when as many work as were measured together: workers, factor.
    Crowded: (int * float) option
    /// How many times as fast so many threads train a kind of model as one does: kind, threads, factor.
    Threaded: (string * int * float) list
    /// The share of a core that each gets now beside other programs, by the number of workers, ascending.
    Shares: (int * float) list
}

[<RequireQualifiedAccess>]
module Calibration =

    /// Nothing is known.
    let empty = {
        Measured = []
        Crowded = None
        Threaded = []
        Shares = []
    }

    let private work (workload: Workload) =
        workload.Operations * float workload.Images

    let private between part (first: float) (second: float) = first + part * (second - first)

    let private blend part (first: Cost) (second: Cost) = {
        SecondsPerEpoch = between part first.SecondsPerEpoch second.SecondsPerEpoch
        SecondsPerReading = between part first.SecondsPerReading second.SecondsPerReading
        SecondsPerTrial = between part first.SecondsPerTrial second.SecondsPerTrial
        SecondsPerWorker = max first.SecondsPerWorker second.SecondsPerWorker
        MemoryBytes = int64 (between part (float first.MemoryBytes) (float second.MemoryBytes))
        GpuBytes = int64 (between part (float first.GpuBytes) (float second.GpuBytes))
        DiskBytes = int64 (between part (float first.DiskBytes) (float second.DiskBytes))
        CheckpointBytes = int64 (between part (float first.CheckpointBytes) (float second.CheckpointBytes))
    }

    // More work takes proportionally more time; less work is not trusted to take less.
    let private scale (workload: Workload) (known: MeasuredCost) =
        let factor = max 1. (work workload / max 1. (work known.Workload))

        let added = workload.Parameters - known.Workload.Parameters

        // Weights, gradients and the optimizer's two moments, four bytes each.
        let more = 16L * max 0L added

        {
            known.Cost with
                SecondsPerEpoch = known.Cost.SecondsPerEpoch * factor
                SecondsPerReading = known.Cost.SecondsPerReading * factor
                MemoryBytes = known.Cost.MemoryBytes + more
                GpuBytes =
                    if known.Cost.GpuBytes > 0L then
                        known.Cost.GpuBytes + more
                    else
                        0L
                // Weights, and a checkpoint of them with both moments.
                DiskBytes = max (known.Cost.DiskBytes / 4L) (known.Cost.DiskBytes + 16L * added)
                CheckpointBytes = max 0L (known.Cost.CheckpointBytes + 12L * added)
        }

    let private interpolate workload (known: MeasuredCost list) =
        let sorted = known |> List.sortBy (fun point -> work point.Workload)

        let lighter =
            sorted |> List.tryFindBack (fun point -> work point.Workload <= work workload)

        let heavier =
            sorted |> List.tryFind (fun point -> work point.Workload >= work workload)

        match lighter, heavier with
        | Some low, Some high when work high.Workload > work low.Workload ->
            let part =
                (work workload - work low.Workload) / (work high.Workload - work low.Workload)

            Some(blend part low.Cost high.Cost)
        | Some low, _ -> Some(scale workload low)
        | None, Some high -> Some(scale workload high)
        | None, None -> None

    /// The cost of a workload: as measured, else from measured ones of its kind, else from the nearest of any kind; None
    /// when nothing was measured.
    let cost (calibration: Calibration) (workload: Workload) : Cost option =
        let known = calibration.Measured

        match known |> List.tryFind (fun point -> point.Workload.Key = workload.Key) with
        | Some point -> Some point.Cost
        | None ->
            match known |> List.filter (fun point -> point.Workload.Kind = workload.Kind) with
            | [] -> interpolate workload known
            | kin -> interpolate workload kin

    /// The cost of a workload of which only the training was watched: readings, images and files are those of measured
    /// ones whose readings are alike; None when there is none.
    let withPace (calibration: Calibration) (workload: Workload) (secondsPerEpoch: float) : Cost option =
        calibration.Measured
        |> List.filter (fun point -> point.Workload.Reading = workload.Reading)
        |> interpolate workload
        |> Option.map (fun cost -> {
            cost with
                SecondsPerEpoch = secondsPerEpoch
        })

    /// How many times as fast as one thread so many train a kind of model, where that was measured.
    let speedup (calibration: Calibration) (workload: Workload) (threads: int) : float option =
        calibration.Threaded
        |> List.tryPick (fun (kind, count, factor) ->
            if kind = workload.Kind && count = threads then
                Some factor
            else
                None)

    /// How much longer a trial takes beside so many workers. Nobody is held up when alone, and what was measured lies in
    /// between. What other programs do at the moment says little of the hours to come and does not count.
    let slowdown (calibration: Calibration) workers =
        match calibration.Crowded with
        | Some(measured, factor) when measured > 1 ->
            1. + (max 1. factor - 1.) * float (max 0 (workers - 1)) / float (measured - 1)
        | _ -> 1.
