/// `orchestrator report`: writes a sweep's report.
module Orchestrator.Experiments.Cli.ReportCommand

open System
open System.IO
open System.Threading
open Orchestrator.Core.Contracts
open Orchestrator.Core.Extensions
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
    /// Whether to write it again while the sweep runs.
    Watch: bool
    Json: bool
}

/// What the report asks of the core.
let catalogue: Report.Catalogue = {
    Metric = Bridge.metric
    Describe =
        fun parameters ->
            // A configuration of an older program may read parameters that are no more.
            match (Bridge.rules None).Check parameters with
            | [] -> Ok(Bridge.describe parameters)
            | problems -> Error(string problems.Head)
}

let private unknown options (store: ITrialStore) =
    let known = String.Join(", ", store.Sweeps() |> List.map _.Name)
    Problem($"sweep {options.Sweep}", $"{options.Results} holds no such sweep", $"It holds: {known}.")

let private path (options: ReportOptions) =
    options.Output
    |> Option.defaultWith (fun () -> ResultsFolder.report options.Results options.Sweep "report.html")

let private read (options: ReportOptions) =
    try
        TrialStore.openToRead options.Results
        |> Result.bind (fun opened ->
            use store = opened

            match store.Results options.Sweep with
            | Some results -> Ok results
            | None -> Error [ unknown options store ])
    with :? ProblemException as found ->
        Error(List.ofSeq found.Problems)

// The sections and the layer tables of a script that is not loaded are not in the page.
let private sayWhatLacks (results: SweepResults) =
    results.Trials
    |> List.filter (fun trial -> trial.Parameters.Contains LoadedExtensions.ParameterName)
    |> List.tryPick (fun trial -> Bridge.missing trial.Parameters)
    |> Option.iter (fun problem -> eprintfn $"The report lacks what a script adds. {problem.Cause} {problem.Remedy}")

/// Writes the report out of one read of the store and answers its path.
let write (options: ReportOptions) : Result<string, Problem list> =
    read options
    |> Result.bind (fun results ->
        sayWhatLacks results
        Report.write catalogue Report.final options.Results results (path options))
    |> Result.map (fun () -> path options)

/// How often a watched sweep is read again, and the open page loads itself again.
let private period = TimeSpan.FromSeconds 5.0

let private isUnfinished (results: SweepResults) =
    results.Trials
    |> List.exists (fun trial -> trial.State = TrialState.Pending || trial.State = TrialState.Running)

/// Writes the report whenever something changed, until every trial has ended or `wait` answers that it is enough.
let watch (wait: TimeSpan -> bool) (options: ReportOptions) : Result<string, Problem list> =
    let rec go before =
        read options
        |> Result.bind (fun results ->
            let unfinished = isUnfinished results

            let occasion = {
                Report.final with
                    Refresh = if unfinished then Some(int period.TotalSeconds) else None
            }

            let written =
                if before = Some results then
                    Ok()
                else
                    Report.write catalogue occasion options.Results results (path options)

            match written with
            | Error problems -> Error problems
            | Ok() when unfinished && not (wait period) -> go (Some results)
            // Nobody writes it any more: the page must not load itself for ever.
            | Ok() -> write options)

    go None

/// Says where a report lies.
let internal said json (sweeps: string list) (path: string) =
    if json then
        Json.print Console.Out {|
            Sweeps = sweeps
            Report = Path.GetFullPath path
        |}
    else
        Console.Out.WriteLine $"Report: {Path.GetFullPath path}"

let private answer (options: ReportOptions) outcome =
    match outcome with
    | Ok path ->
        said options.Json [ options.Sweep ] path
        0
    | Error problems -> ProblemLines.print Console.Error problems

let private runWatching (options: ReportOptions) =
    use interrupted = new CancellationTokenSource()

    use _ctrlC =
        Console.CancelKeyPress.Subscribe(fun pressed ->
            pressed.Cancel <- true
            interrupted.Cancel())

    if not options.Json then
        Console.Out.WriteLine $"Watching: {Path.GetFullPath(path options)} (Ctrl-C ends it)"

    watch (fun time -> interrupted.Token.WaitHandle.WaitOne time) options
    |> answer options

/// Runs the command and answers its exit code.
let run (options: ReportOptions) =
    if options.Watch then
        runWatching options
    else
        write options |> answer options
