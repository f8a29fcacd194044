/// `orchestrator report`: writes a sweep's report.
module Orchestrator.Experiments.Cli.ReportCommand

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Store

/// What the command line asks for.
type ReportOptions = {
    Sweep: string
    Results: string
    /// Where to write; the sweep's own folder where nothing is given.
    Output: string option
}

let private unknown options (store: ITrialStore) =
    let known = String.Join(", ", store.Sweeps() |> List.map _.Name)
    Problem($"sweep {options.Sweep}", $"{options.Results} holds no such sweep", $"It holds: {known}.")

/// Writes the report out of one read of the store and answers its path.
let write (options: ReportOptions) : Result<string, Problem list> =
    let path =
        options.Output
        |> Option.defaultWith (fun () -> ResultsFolder.report options.Results options.Sweep "report.html")

    try
        TrialStore.openToRead options.Results
        |> Result.bind (fun opened ->
            use store = opened

            match store.Results options.Sweep with
            | Some results -> Ok results
            | None -> Error [ unknown options store ])
        |> Result.bind (fun results -> Report.write Bridge.metric options.Results results path)
        |> Result.map (fun () -> path)
    with :? ProblemException as found ->
        Error(List.ofSeq found.Problems)

/// Runs the command and answers its exit code.
let run (options: ReportOptions) =
    match write options with
    | Ok path ->
        Console.Out.WriteLine $"Report: {Path.GetFullPath path}"
        0
    | Error problems -> ProblemLines.print Console.Error problems
