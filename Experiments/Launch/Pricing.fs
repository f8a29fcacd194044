/// Puts a price on trials.
module Orchestrator.Experiments.Launch.Pricing

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan

/// What is asked.
type PriceQuestion = {
    Trials: PlannedTrial list
    Calibration: Calibrator.CalibrationOptions
    /// Seconds of an epoch of configurations that were trained here before.
    Pace: Map<string, float>
}

/// The price of trials, or why there is none.
type Prices = {
    Calibration: Calibration
    CostOf: PlannedTrial -> Cost option
    /// How many times as fast as one thread so many train the trial, where that was measured.
    Speedup: PlannedTrial -> int -> float option
    /// What it is drawn from, in words.
    Source: string
    Problems: string list
}

/// What a price needs to know of configurations.
type PricingServices = {
    Rules: Rules
    Describe: ParameterSet -> ModelDescription
    Images: ParameterSet -> int
    /// Where measurements are kept, by device and threads.
    File: string -> int -> string
    /// The share of a core that so many workers get now, by their number; nothing where it does not matter.
    Shares: Calibrator.CalibrationOptions -> (int * float) list
    /// Why a configuration cannot be measured yet: its data are not here.
    Missing: ParameterSet -> string option
}

// The models are described once for each workload, not once for each trial.
let private workloads services =
    let known = Dictionary<string, Workload>()
    let keyOf = Workload.key services.Rules
    let ofConfiguration = Dictionary<string, Workload>()

    let find (parameters: ParameterSet) =
        let key = keyOf parameters

        match known.TryGetValue key with
        | true, found -> found
        | _ ->
            let found =
                Workload.ofModel services.Rules parameters (services.Describe parameters) (services.Images parameters)

            known[key] <- found
            found

    fun (trial: PlannedTrial) ->
        match ofConfiguration.TryGetValue trial.ConfigurationId with
        | true, found -> found
        | _ ->
            let found = find trial.Parameters
            ofConfiguration[trial.ConfigurationId] <- found
            found

// Workers' company is measured where nobody else's counts.
let private quiet = 0.9

let private withoutCompany shares (options: Calibrator.CalibrationOptions) =
    match List.tryLast shares with
    | Some(_, share) when share < quiet -> {
        options with
            Together = 1
            Alternative = 1
      }
    | _ -> options

// Without measurements: what such trials took before, all of it laid on their epochs.
let private ofPace (seconds: float) = {
    SecondsPerEpoch = seconds
    SecondsPerReading = 0.
    SecondsPerTrial = 0.
    SecondsPerWorker = 0.
    MemoryBytes = 0L
    GpuBytes = 0L
    DiskBytes = 0L
    CheckpointBytes = 0L
}

// Of a configuration that was never trained here: what the one in the middle took, for a single slow one says little.
let private typical (pace: Map<string, float>) =
    pace.Values |> Seq.sort |> Seq.tryItem (pace.Count / 2)

let private source measured kept (fromPace: bool) =
    match measured, kept with
    | _ when fromPace -> "from trials trained here before"
    | 0, _ -> "from earlier measurements on this machine"
    | now, 0 -> $"""from {Numerals.counted now "model"} measured on this machine now"""
    | now, _ -> $"""from {Numerals.counted now "model"} measured on this machine now, and earlier ones"""

/// What the trials cost here.
let price (services: PricingServices) (say: string -> unit) (question: PriceQuestion) : Prices =
    let workloadOf = workloads services
    let configurations = question.Trials |> List.distinctBy _.ConfigurationId

    let wanted =
        configurations
        |> List.map (fun trial -> workloadOf trial, trial.Parameters)
        |> List.distinctBy (fun (workload, _) -> workload.Key)

    let missing =
        wanted
        |> List.choose (fun (_, parameters) -> services.Missing parameters)
        |> List.distinct

    let options =
        if missing.IsEmpty then
            question.Calibration
        else
            {
                question.Calibration with
                    CapSeconds = 0.
            }

    let shares =
        if options.CapSeconds > 0. then
            services.Shares options
        else
            []

    let file = services.File options.Device options.Threads
    let found = Calibrator.calibrate file say (withoutCompany shares options) wanted

    let calibration = {
        found.Calibration with
            Shares = shares
    }

    let costs = Dictionary<string, Cost option>()

    let measured (workload: Workload) =
        match costs.TryGetValue workload.Key with
        | true, found -> found
        | _ ->
            let found = Calibration.cost calibration workload
            costs[workload.Key] <- found
            found

    let costOf (trial: PlannedTrial) =
        match measured (workloadOf trial) with
        | Some cost -> Some cost
        | None ->
            Map.tryFind trial.ConfigurationId question.Pace
            |> Option.orElse (typical question.Pace)
            |> Option.map ofPace

    {
        Calibration = calibration
        CostOf = costOf
        Speedup = fun trial threads -> Calibration.speedup calibration (workloadOf trial) threads
        Source =
            source
                found.Measured
                (found.Calibration.Measured.Length - found.Measured)
                found.Calibration.Measured.IsEmpty
        Problems = missing @ found.Problems
    }
