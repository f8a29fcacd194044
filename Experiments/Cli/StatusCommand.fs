/// `orchestrator status`: where sweeps stand, also while they run.
module Orchestrator.Experiments.Cli.StatusCommand

open System
open System.IO
open System.Text.Json
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store
open Spectre.Console

/// What the command line asks for.
type StatusOptions = {
    /// None for every sweep, a line each.
    Sweep: string option
    Results: string
    Json: bool
}

let private json (value: 'T) =
    JsonSerializer.Serialize(value, JsonSerializerOptions(WriteIndented = true))

let private countsJson (counts: StateCounts) = {|
    planned = counts.Planned
    pending = counts.Pending
    running = counts.Running
    completed = counts.Completed
    pruned = counts.Pruned
    failed = counts.Failed
|}

let private runningJson (attempt: RunningAttempt) = {|
    worker = attempt.Worker
    host = attempt.Host
    pid = attempt.ProcessId
    trial = attempt.TrialId
    label = WorkerMessage.label attempt.Varied attempt.Seed
    attempt = attempt.Number
    stage = attempt.Stage
    epoch = attempt.Epoch
    epochs = attempt.Budget
    loss = Option.toNullable attempt.Loss
    progressed_at = attempt.ProgressedAt
|}

let private failedJson options sweep (failed: FailedTrial) = {|
    trial = failed.TrialId
    label = WorkerMessage.label failed.Varied failed.Seed
    outcome = string failed.Outcome
    attempts = failed.Attempts
    error = failed.Error
    log = StatusTable.lastLines 40 options.Results sweep failed |> String.concat "\n"
|}

let private estimateJson (estimate: EstimateRecord) = {|
    made_at = estimate.MadeAt
    source = estimate.Source
    workers = estimate.Workers
    trials = estimate.Trials
    epochs = estimate.Epochs
    seconds = estimate.Seconds
    memory_bytes = estimate.MemoryBytes
    disk_bytes = estimate.DiskBytes
    processor_seconds = Option.toNullable estimate.ProcessorSeconds
    fact =
        estimate.Fact
        |> Option.map (fun fact -> {|
            seconds = fact.Seconds
            memory_bytes = fact.MemoryBytes
            disk_bytes = fact.DiskBytes
            epochs_trained = fact.EpochsTrained
            finished = fact.Finished
            processor_seconds = Option.toNullable fact.ProcessorSeconds
        |})
        |> Option.toObj
|}

let private statusJson options (status: SweepStatus) =
    json {|
        sweep = status.Sweep.Name
        counts = countsJson status.Counts
        epochs = status.Epochs
        epochs_done = status.EpochsDone
        epochs_saved = status.EpochsSaved
        epochs_lost = status.EpochsLost
        stopped_early = status.StoppedEarly
        seconds_left = StatusTable.remaining status |> Option.map _.TotalSeconds |> Option.toNullable
        waiting = [
            for worker, reason in StatusTable.stillWaiting status ->
                {|
                    worker = worker.Name
                    reason = reason
                |}
        ]
        estimate = status.Estimate |> Option.map estimateJson |> Option.toObj
        running = status.Running |> List.map runningJson
        failures = status.Failures |> List.map (failedJson options status.Sweep.Name)
    |}

let private showSweep (console: IAnsiConsole) (output: TextWriter) options (status: SweepStatus) =
    if options.Json then
        output.WriteLine(statusJson options status)
    else
        for line in StatusTable.summary status @ StatusTable.waiting status do
            output.WriteLine line

        if console.Profile.Width < StatusTable.narrow then
            StatusTable.runningLines DateTimeOffset.UtcNow status
            |> List.iter output.WriteLine
        elif not status.Running.IsEmpty then
            console.Write(StatusTable.running DateTimeOffset.UtcNow status)

        for failed in status.Failures |> List.truncate 10 do
            for line in StatusTable.failure options.Results status.Sweep.Name failed do
                output.WriteLine line

        if status.Failures.Length > 10 then
            output.WriteLine $"and {status.Failures.Length - 10} more failures (--json lists all)"

let private showAll (console: IAnsiConsole) (output: TextWriter) options (store: ITrialStore) =
    let all = store.Sweeps() |> List.map (fun sweep -> sweep, store.Counts sweep.Name)

    if options.Json then
        output.WriteLine(
            json {|
                sweeps = [
                    for sweep, counts in all ->
                        {|
                            sweep = sweep.Name
                            counts = countsJson counts
                        |}
                ]
            |}
        )
    elif console.Profile.Width < StatusTable.narrow then
        StatusTable.sweepLines all |> List.iter output.WriteLine
    else
        console.Write(StatusTable.sweeps all)

let private unknown options name (store: ITrialStore) =
    let known = String.Join(", ", store.Sweeps() |> List.map _.Name)
    Problem($"sweep {name}", $"{options.Results} holds no such sweep", $"It holds: {known}.")

let private show console output options (store: ITrialStore) =
    match options.Sweep with
    | None ->
        showAll console output options store
        Ok()
    | Some name ->
        match store.Status name with
        | Some status ->
            showSweep console output options status
            Ok()
        | None -> Error [ unknown options name store ]

// A pipe has no width: a table must not be cut to that of a terminal that is not there.
let private consoleOn (output: TextWriter) =
    let console =
        AnsiConsole.Create(AnsiConsoleSettings(Out = AnsiConsoleOutput output))

    if Console.IsOutputRedirected then
        console.Profile.Width <- 200

    console

/// Runs the command on a writer and answers its exit code.
let runOn (output: TextWriter) (options: StatusOptions) : int =
    try
        TrialStore.openToRead options.Results
        |> Result.bind (fun opened ->
            use store = opened
            show (consoleOn output) output options store)
        |> function
            | Ok() -> 0
            | Error problems -> ProblemLines.print Console.Error problems
    with :? ProblemException as problems ->
        ProblemLines.print Console.Error problems.Problems

/// Runs the command and answers its exit code.
let run (options: StatusOptions) : int = runOn Console.Out options
