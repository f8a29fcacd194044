/// `orchestrator compare`: one report over several sweeps.
module Orchestrator.Experiments.Cli.CompareCommand

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Store

/// What the command line asks for.
type CompareOptions = {
    Sweeps: string list
    Results: string
    /// Where to write; `compare-A-B.html` in the results folder where nothing is given.
    Output: string option
    Json: bool
}

let private read (options: CompareOptions) (store: ITrialStore) =
    let found = options.Sweeps |> List.map (fun name -> name, store.Results name)

    let missing =
        found
        |> List.choose (fun (name, results) -> if results.IsNone then Some name else None)

    match missing with
    | [] -> Ok(found |> List.choose snd)
    | missing ->
        let known = String.Join(", ", store.Sweeps() |> List.map _.Name)

        missing
        |> List.map (fun name ->
            Problem($"sweep {name}", $"{options.Results} holds no such sweep", $"It holds: {known}."))
        |> Error

let private path (options: CompareOptions) =
    options.Output
    |> Option.defaultWith (fun () ->
        let names = String.Join("-", options.Sweeps)
        Path.Combine(options.Results, $"compare-{names}.html"))

/// Writes the report and answers its path.
let write (options: CompareOptions) : Result<string, Problem list> =
    if (List.distinct options.Sweeps).Length < 2 then
        Error [
            Problem("compare", "one sweep alone has nothing to be compared with", "Name two sweeps or more.")
        ]
    else
        try
            TrialStore.openToRead options.Results
            |> Result.bind (fun opened ->
                use store = opened

                read
                    {
                        options with
                            Sweeps = List.distinct options.Sweeps
                    }
                    store)
            |> Result.bind (fun found ->
                let occasion = {
                    Report.final with
                        Sources = found |> List.map _.Sweep
                }

                AcrossSweeps.join found
                |> Result.bind (fun joined ->
                    Report.write ReportCommand.catalogue occasion options.Results joined (path options)))
            |> Result.map (fun () -> path options)
        with :? ProblemException as found ->
            Error(List.ofSeq found.Problems)

/// Runs the command and answers its exit code.
let run (options: CompareOptions) =
    match write options with
    | Ok path ->
        ReportCommand.said options.Json (List.distinct options.Sweeps) path
        0
    | Error problems -> ProblemLines.print Console.Error problems
