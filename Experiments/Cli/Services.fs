/// What the commands are supplied with: the stages put together for production.
module Orchestrator.Experiments.Cli.Services

open System.IO
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

/// For `plan`.
let plan dataFolder : PlanCommand.PlanServices = {
    Rules = Bridge.rules dataFolder
    Recorded =
        fun resultsFolder sweep ->
            if not (TrialStore.isThere resultsFolder) then
                Ok { Own = []; Others = [] }
            else
                TrialStore.openToRead resultsFolder
                |> Result.map (fun opened ->
                    use store = opened

                    let trials name =
                        store.Results name |> Option.map _.Trials |> Option.defaultValue []

                    {
                        Own = trials sweep
                        Others =
                            store.Sweeps()
                            |> List.map _.Name
                            |> List.except [ sweep ]
                            |> List.collect trials
                    })
}

/// For `describe`.
let describe: DescribeCommand.DescribeServices = {
    Rules = Bridge.rules None
    Describe = Bridge.describe
}

/// For `run`.
let run: RunCommand.RunServices = {
    Plan = fun manifest data -> ManifestPlan.ofFile (Bridge.rules data) manifest
    Rules = Bridge.rules
    EnsureData =
        fun data plan ->
            plan.Trials
            |> Seq.map _.Parameters
            |> Bridge.ensureData (printfn "data: %s") data
    ResolveDevice = Bridge.resolveDevice
    WriteReport = writeReport
    Liveness = Liveness.standard
}

/// For `worker`.
let worker: Worker.WorkerServices = {
    Train = Bridge.train
    Torch = TorchChecks.facts
    Liveness = Liveness.standard
}
