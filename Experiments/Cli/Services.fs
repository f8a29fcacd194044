/// What the commands are supplied with: the stages put together for production.
module Orchestrator.Experiments.Cli.Services

open System.IO
open System.Threading.Tasks
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Store

/// Everything that the store knows of a sweep.
let results resultsFolder sweep : Result<SweepResults, Problem list> =
    TrialStore.openToRead resultsFolder
    |> Result.bind (fun opened ->
        use store = opened

        match store.Results sweep with
        | Some results -> Ok results
        | None ->
            let known = store.Sweeps() |> List.map _.Name |> String.concat ", "

            Error [
                Problem(
                    sweep,
                    $"The store in {resultsFolder} has no sweep of this name",
                    $"""Choose one of: {known}."""
                )
            ])

let private writeReport resultsFolder sweep =
    results resultsFolder sweep
    |> Result.bind (fun found ->
        let path = ResultsFolder.report resultsFolder sweep Defaults.reportFile

        Report.write ReportCommand.catalogue Report.final resultsFolder found path
        |> Result.map (fun () -> path))

let private sizes: Sizes = {
    Model = Bridge.describe
    Images = Bridge.images
}

/// The plan of a manifest, cut down where there is a budget, with the manifest's text.
let planWithin budget file dataFolder =
    let rules = Bridge.rules dataFolder

    ManifestPlan.ofFile rules file
    |> Result.bind (BudgetedPlan.fit rules sizes budget file)

// On a GPU the processor's other work hardly counts.
let private shares (options: Calibrator.CalibrationOptions) =
    let most = Staffing.most options.Threads

    if options.Device <> "cpu" then
        []
    else
        [ most, CoreShare.measure (most * options.Threads) ]

let private pricing dataFolder : Pricing.PricingServices = {
    Rules = Bridge.rules dataFolder
    Describe = Bridge.describe
    Images = Bridge.trainingImages
    File = CalibrationFile.path (TorchChecks.facts ())
    Shares = shares
    Missing = Bridge.missingData dataFolder
}

let private staffing dataFolder : Staffing.StaffingServices = {
    ResolveDevice = Bridge.resolveDevice
    Gpus = Bridge.gpuCount >> Gpus.find
    Price = fun say question -> Pricing.price (pricing dataFolder) say question
}

let private recorded resultsFolder sweep : Result<PlanCommand.Recorded, Problem list> =
    TrialStore.openToRead resultsFolder
    |> Result.map (fun opened ->
        use store = opened

        {
            Own = store.Trials sweep
            Others =
                store.Sweeps()
                |> List.map _.Name
                |> List.except [ sweep ]
                |> List.collect store.Trials
            Pace = store.Pace(System.Environment.MachineName, "cpu", 1)
        })

// Loading torch takes longer than making most plans, so it is loaded meanwhile. Where it fails, whoever needs it next meets
// the reason.
let private loadTorch () = Task.Run TorchChecks.facts |> ignore

/// For `plan`.
let plan dataFolder budget : PlanCommand.PlanServices = {
    Plan =
        fun file ->
            loadTorch ()
            planWithin budget file dataFolder
    Rules = Bridge.rules dataFolder
    Recorded =
        fun resultsFolder sweep ->
            if not (TrialStore.isThere resultsFolder) then
                Ok {
                    Own = []
                    Others = []
                    Pace = Map.empty
                }
            else
                recorded resultsFolder sweep
    Staffing = staffing dataFolder
}

/// For `describe`.
let describe: DescribeCommand.DescribeServices = {
    Rules = Bridge.rules None
    Describe = Bridge.describe
}

/// For `run`.
let run: RunCommand.RunServices = {
    Plan = planWithin None
    Rules = Bridge.rules
    EnsureData =
        fun data plan ->
            plan.Trials
            |> Seq.map _.Parameters
            |> Bridge.ensureData (printfn "data: %s") data
    Staffing = staffing None
    WriteReport = writeReport
    Liveness = Liveness.standard
}

/// For `probe`.
let probe: Probe.ProbeServices = {
    Train = Bridge.train
    GpuMemory = Gpus.usedBytes
}

/// For `worker`.
let worker: Worker.WorkerServices = {
    Train = Bridge.train
    Torch = TorchChecks.facts
    Liveness = Liveness.standard
}
