/// How many workers a sweep gets, on what, and what it will then take.
module Orchestrator.Experiments.Cli.Staffing

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan

/// What is asked for.
type StaffingRequest = {
    /// None leaves it open.
    Workers: int option
    /// None leaves it open.
    Threads: int option
    /// As the user named it: auto, cpu, cuda, cuda:N.
    Device: string
    Data: string option
    /// What is left to train of each trial: the trial with its epochs done.
    Left: (PlannedTrial * int) list
    /// What a sampler will still propose, as many trials as that, is thought to take what these take on average.
    ToCome: int * PlannedTrial list
    Pace: Map<string, float>
    /// Trials may end before their last epoch.
    IsUpperBound: bool
    /// False uses only what is known already.
    MayMeasure: bool
}

/// What other stages supply.
type StaffingServices = {
    ResolveDevice: string -> Result<string, Problem>
    Gpus: unit -> Gpus.Gpu list
    Price: (string -> unit) -> Pricing.PriceQuestion -> Pricing.Prices
}

/// The workers, and what they will take; None where nothing is known of the trials' costs.
type Staff = {
    Slots: WorkerSlot list
    /// Of each worker.
    Threads: int
    Device: string
    Prices: Pricing.Prices
    /// What the estimate is drawn from, in words, and what it is.
    Source: string
    Priced: PricedTrial list option
    Estimate: Estimate option
    /// What was chosen where it was left open, and why; why there are fewer workers than asked for.
    Remarks: string list
}

/// The count that is asked for: the command line's, else the manifest's.
let amount (given: int option) declared =
    match given, declared with
    | Some count, _ -> Some count
    | None, Amount.Exactly count -> Some count
    | None, Amount.Auto -> None

/// What is wrong with a count, if anything is.
let checkCount name count =
    match count with
    | Some count when count < 1 || count > 1024 -> [
        Problem(name, $"{count} is not between 1 and 1024", "Give a count in that range, or leave it out.")
      ]
    | _ -> []

/// The most workers that cores have room for.
let most threads =
    max 1 (Environment.ProcessorCount / max 1 threads)

let private isGpu (device: string) =
    device.StartsWith("cuda", StringComparison.Ordinal)

let private gpusOf services (request: StaffingRequest) (device: string) =
    if not (isGpu device) then
        []
    else
        let all = services.Gpus()

        match request.Device.Split ':' with
        | [| "cuda"; number |] -> all |> List.tryItem (int number) |> Option.toList
        | _ -> all

/// Threads of a worker, unless measuring shows more to be worth it.
let private threads (request: StaffingRequest) =
    request.Threads |> Option.defaultValue 1

// Where workers are counted by the user, one thread each is what they take of the machine.
let private alternative (request: StaffingRequest) =
    match request.Workers, request.Threads with
    | None, None -> ThreadChoice.alternative Environment.ProcessorCount (request.Left.Length + fst request.ToCome)
    | _ -> 1

let private question request device (gpus: Gpus.Gpu list) cap together : Pricing.PriceQuestion = {
    Trials = List.map fst request.Left @ snd request.ToCome
    Calibration = {
        Device = if gpus.IsEmpty then device else "cuda:0"
        VisibleGpus = gpus |> List.tryHead |> Option.map _.Name
        Threads = threads request
        Data = request.Data
        CapSeconds = if request.MayMeasure then cap else 0.
        // Workers on a GPU share it by memory; how they slow each other down there is not known before.
        Together = if gpus.IsEmpty then together else 1
        Alternative =
            if gpus.IsEmpty && together > 1 then
                alternative request
            else
                1
    }
    Pace = request.Pace
}

let private priced request (prices: Pricing.Prices) =
    let doneOf =
        request.Left |> List.map (fun (trial, epochs) -> trial.Id, epochs) |> Map.ofList

    let left =
        List.map fst request.Left
        |> Estimate.price prices.CostOf (fun trial -> Map.find trial.Id doneOf)

    let count, typical = request.ToCome

    let toCome =
        typical
        |> Estimate.price prices.CostOf (fun _ -> 0)
        |> Option.map (Estimate.toCome count)

    Option.map2 List.append left toCome

/// The prices of what is left, by measurements that begin within so many seconds, of so many workers beside each other.
let prices services say (request: StaffingRequest) cap together =
    services.ResolveDevice request.Device
    |> Result.mapError List.singleton
    |> Result.map (fun device ->
        let gpus = gpusOf services request device
        let prices = services.Price say (question request device gpus cap together)
        device, gpus, prices, priced request prices)

let private atOnce (estimate: Estimate) =
    $"""{Numerals.counted estimate.Workers "worker"} {EstimateText.duration estimate.Seconds}"""

// What other numbers would take stands beside what is taken.
let private reason calibration trials most (chosen: Estimate) =
    let others =
        [ 1; chosen.Workers - 1; chosen.Workers + 1; most ]
        |> List.distinct
        |> List.filter (fun workers -> workers >= 1 && workers <= most && workers <> chosen.Workers)
        |> List.sort
        |> List.map (Estimate.withWorkers calibration trials >> atOnce)

    if others.IsEmpty then
        []
    else
        [
            $"""chosen by what was measured: {atOnce chosen}; {String.concat ", " others}"""
        ]

let private faster factor (trial: PricedTrial) = {
    trial with
        Cost = {
            trial.Cost with
                SecondsPerEpoch = trial.Cost.SecondsPerEpoch / factor
        }
}

// With fewer trials than cores, several threads may shorten each. Minutes are not worth the measurement.
let private threaded request isLong (prices: Pricing.Prices) (priced: PricedTrial list) =
    let alternative = if isLong then alternative request else 1

    let slowest = priced |> List.sortByDescending Estimate.trialSeconds |> List.tryHead

    match slowest with
    | Some slowest when alternative > 1 ->
        let speedup = prices.Speedup slowest.Trial alternative
        let chosen = ThreadChoice.choose alternative speedup

        let remark =
            match speedup with
            | Some factor ->
                $"""{Numerals.counted chosen "thread"} each: {alternative} were measured to train {factor:F1} times as fast as one"""
            | None -> "1 thread each: the machine is too busy to measure what more would bring"

        let priced =
            match speedup with
            | Some factor when chosen > 1 -> List.map (faster factor) priced
            | _ -> priced

        chosen, priced, [ remark ]
    | _ -> threads request, priced, []

let private onCores request isLong device (prices: Pricing.Prices) priced =
    let threads, priced, about =
        match priced with
        | Some trials ->
            let threads, trials, about = threaded request isLong prices trials
            threads, Some trials, about
        | None -> threads request, None, []

    let most = most threads

    let workers, remarks =
        match request.Workers, priced with
        | Some workers, _ -> workers, []
        | None, None -> most, []
        | None, Some trials ->
            // A worker without a trial shortens nothing, and is not worth a word.
            let most = min most (max 1 trials.Length)

            let chosen =
                WorkerChoice.choose prices.Calibration trials most (ProcessMemory.available ())

            chosen.Workers, reason prices.Calibration trials most chosen

    let slot = { Device = device; VisibleGpus = None }
    List.replicate workers slot, threads, priced, remarks @ about

let private onGpus request (gpus: Gpus.Gpu list) (priced: PricedTrial list option) =
    let need =
        priced |> Option.defaultValue [] |> List.map _.Cost.GpuBytes |> List.fold max 0L

    let wanted = request.Workers |> Option.defaultValue (most (threads request))
    let slots = Gpus.slots gpus need wanted

    match request.Workers with
    | Some workers when slots.Length < workers ->
        slots,
        threads request,
        priced,
        [
            $"{slots.Length} workers, not {workers}: no more fit into the memory of the GPUs"
        ]
    | _ -> slots, threads request, priced, []

// A call of run begins at once: a short look at the heaviest and the lightest model, and a longer one only before hours.
let private shortCap = 3.
let private longCap = 20.
let private longSweep = 300.

/// The workers of a sweep.
let staff services say (request: StaffingRequest) : Result<Staff, Problem list> =
    prices services say request shortCap 1
    |> Result.bind (fun (device, gpus, first, firstPriced) ->
        let isLong =
            firstPriced
            |> Option.exists (fun trials ->
                (Estimate.withWorkers first.Calibration trials (most (threads request))).Seconds > longSweep)

        let again =
            if isLong then
                prices services say request longCap (most (threads request))
            else
                Ok(device, gpus, first, firstPriced)

        again
        |> Result.map (fun (device, gpus, prices, priced) ->
            let slots, threads, priced, remarks =
                if gpus.IsEmpty then
                    onCores request isLong device prices priced
                else
                    onGpus request gpus priced

            {
                Slots = slots
                Threads = threads
                Device = device
                Prices = prices
                Source =
                    if request.IsUpperBound then
                        $"{prices.Source}; {EstimateText.upperBound}"
                    else
                        prices.Source
                Priced = priced
                Estimate =
                    priced
                    |> Option.map (fun trials -> Estimate.withWorkers prices.Calibration trials slots.Length)
                Remarks = remarks
            }))
