/// Finds out what the trials of a plan cost on this machine: from what was measured before, and by measuring.
module Orchestrator.Experiments.Launch.Calibrator

open System
open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Plan

/// How to measure.
type CalibrationOptions = {
    Device: string
    VisibleGpus: string option
    Threads: int
    Data: string option
    /// No measurement is begun after this long; 0 measures nothing.
    CapSeconds: float
    /// Measures so many workers beside each other as well, once for each machine; 1 does not.
    Together: int
    /// Measures the heaviest model with so many threads as well, once for each kind of model; 1 does not.
    Alternative: int
}

/// What was found out.
type Calibrated = {
    Calibration: Calibration
    /// How many models were measured now.
    Measured: int
    /// What went wrong.
    Problems: string list
}

// Long enough for some batches of all but the heaviest models, and short beside the start of a process.
let private trainSeconds = 0.6

// Several threads are slow to get going, and what they bring is asked only before a long sweep.
let private threadsSeconds = 3.

let private request options together trainings : ProbeRequest = {
    Trainings = trainings
    Device = options.Device
    Threads = options.Threads
    DataFolder = options.Data
    TrainSeconds = trainSeconds
    CapSeconds = options.CapSeconds
    Together = together
}

let private training whole (workload: Workload, parameters: ParameterSet) : ProbeTraining = {
    Parameters = parameters.ToJson()
    Data = workload.Data
    Whole = whole
}

// What has begun may end; what hangs may not.
let private limit options =
    TimeSpan.FromSeconds(max 60. (4. * options.CapSeconds))

// Readings and images of a model with fewer multiply-adds take about as long whatever its size.
let private isHeavy (workload: Workload) = workload.Operations > 1e6

// The heaviest of those whose readings are alike is trained to its end, and another one where the model counts.
let private trainings (known: Calibration) (chosen: (Workload * ParameterSet) list) =
    let measured = known.Measured |> List.map _.Workload.Reading |> set
    let seen = Dictionary<string, int>()

    let isTelling (workload: Workload) =
        let before =
            match seen.TryGetValue workload.Reading with
            | true, count -> count
            | _ -> 0

        seen[workload.Reading] <- before + 1

        not (measured.Contains workload.Reading)
        && (before = 0 || (before = 1 && isHeavy workload))

    chosen
    |> List.map (fun (workload, parameters) -> training (isTelling workload) (workload, parameters))

let private withPaces (chosen: (Workload * ParameterSet) list) (result: ProbeProcess.ProbeResult) whole =
    result.Paces
    |> List.choose (fun (index, pace) ->
        let workload = fst chosen[index]

        Calibration.withPace whole workload pace
        |> Option.map (fun cost -> { Workload = workload; Cost = cost }))

let private measureOnce options (chosen: (Workload * ParameterSet) list) (known: Calibration) =
    let result =
        ProbeProcess.run (request options false (trainings known chosen)) options.VisibleGpus 1 (limit options)
        |> List.head

    let measured =
        result.Costs
        |> List.map (fun (index, cost) -> {
            Workload = fst chosen[index]
            Cost = cost
        })

    let whole = {
        known with
            Measured = measured @ known.Measured
    }

    let paced = withPaces chosen result whole

    let problems =
        if result.Costs.IsEmpty && result.Paces.IsEmpty && result.Errors.IsEmpty then
            [
                $"the measuring process gave no answer within {(limit options).TotalSeconds} s: the machine may be busy; plan again later, or go on without an estimate"
            ]
        else
            result.Errors |> List.map snd |> List.distinct

    {
        Calibration = {
            whole with
                Measured = paced @ whole.Measured
        }
        Measured = measured.Length + paced.Length
        Problems = problems
    }

// So many processes as memory holds without pressing the rest of the machine.
let private together options (cost: Cost) =
    match ProcessMemory.available () with
    | Some free -> min options.Together (int (free / 2L / max 1L cost.MemoryBytes))
    | None -> options.Together

// Cores share caches, memory and the heat that they may make: beside others each is slower.
let private measureTogether options (wanted: (Workload * ParameterSet) list) (found: Calibrated) =
    let heaviest =
        wanted
        |> List.filter (fun (workload, _) ->
            found.Calibration.Measured
            |> List.exists (fun point -> point.Workload.Key = workload.Key))
        |> List.sortByDescending (fun (workload, _) -> workload.Operations)
        |> List.tryHead
        |> Option.bind (fun (workload, parameters) ->
            Calibration.cost found.Calibration workload
            |> Option.map (fun cost -> cost, training false (workload, parameters)))

    match heaviest with
    | Some(alone, training) when together options alone > 1 && alone.SecondsPerEpoch > 0. ->
        let workers = together options alone

        let times =
            ProbeProcess.run (request options true [ training ]) options.VisibleGpus workers (limit options)
            |> List.collect (fun result -> List.map snd result.Paces)

        if times.Length = workers then
            {
                found with
                    Calibration = {
                        found.Calibration with
                            Crowded = Some(workers, max 1. (List.average times / alone.SecondsPerEpoch))
                    }
            }
        else
            found
    | _ -> found

// What several threads make of one training, by the clock: they are there to shorten it.
let private measureThreads options (wanted: (Workload * ParameterSet) list) (found: Calibrated) =
    let heaviest =
        wanted
        |> List.sortByDescending (fun (workload, _) -> workload.Operations)
        |> List.tryHead

    match heaviest with
    | Some(workload, parameters) when
        options.Alternative > 1
        && (Calibration.speedup found.Calibration workload options.Alternative).IsNone
        ->
        let pace threads =
            let request = {
                request options false [ training false (workload, parameters) ] with
                    Threads = threads
                    TrainSeconds = threadsSeconds
            }

            ProbeProcess.run request options.VisibleGpus 1 (limit options)
            |> List.collect (fun result -> List.map snd result.Paces)
            |> List.tryHead

        match pace 1, pace options.Alternative with
        | Some one, Some several when one > 0. && several > 0. -> {
            found with
                Calibration = {
                    found.Calibration with
                        Threaded =
                            (workload.Kind, options.Alternative, one / several)
                            :: found.Calibration.Threaded
                }
          }
        | _ -> found
    | _ -> found

/// The calibration for these workloads, each with parameters that have it. What is measured is kept in the file.
let calibrate (file: string) (say: string -> unit) options (wanted: (Workload * ParameterSet) list) : Calibrated =
    let known = CalibrationFile.read file

    let keys =
        known.Measured |> List.map (fun point -> point.Workload.Key) |> Set.ofList

    let chosen =
        ProbeChoice.choose keys (List.map fst wanted)
        |> List.map (fun workload -> wanted |> List.find (fun (other, _) -> other.Key = workload.Key))

    let nothing = {
        Calibration = known
        Measured = 0
        Problems = []
    }

    if
        options.CapSeconds <= 0.
        || (chosen.IsEmpty
            && (known.Crowded.IsSome || options.Together <= 1)
            && options.Alternative <= 1)
    then
        nothing
    else
        say "measuring what trials cost on this machine; it is remembered"

        let found =
            if chosen.IsEmpty then
                nothing
            else
                measureOnce options chosen known

        let found =
            if found.Calibration.Crowded.IsNone && options.Together > 1 then
                measureTogether options wanted found
            else
                found

        let found = measureThreads options wanted found

        if found.Calibration = known then
            found
        else
            match CalibrationFile.write file found.Calibration with
            | None -> found
            | Some error -> {
                found with
                    Problems = $"the measurements could not be kept in {file}: {error}" :: found.Problems
              }
