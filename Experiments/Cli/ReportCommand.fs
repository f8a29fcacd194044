/// `orchestrator report`: writes a sweep's report.
module Orchestrator.Experiments.Cli.ReportCommand

open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Spectre.Console

/// What the command line says.
type Options = {
    ResultsFolder: string
    Sweep: string
    /// Where to write; the sweep's own folder where nothing is given.
    Output: string option
}

/// Where the report goes.
let path (options: Options) =
    options.Output
    |> Option.defaultWith (fun () -> Path.Combine(options.ResultsFolder, options.Sweep, "report.html"))

/// Writes the report out of one read of the store; gives the exit code.
let run
    (metric: string -> MetricDefinition option)
    (load: string -> string -> Result<SweepResults, Problem list>)
    (options: Options)
    =
    let written =
        load options.ResultsFolder options.Sweep
        |> Result.bind (fun results -> Report.write metric options.ResultsFolder results (path options))

    match written with
    | Ok() ->
        AnsiConsole.MarkupLineInterpolated $"Report: {Path.GetFullPath(path options)}"
        0
    | Error problems ->
        for problem in problems do
            AnsiConsole.MarkupLineInterpolated $"[red]{problem.ToString()}[/]"

        1
