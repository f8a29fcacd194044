/// Tables of where sweeps stand.
module internal Orchestrator.Experiments.Cli.StatusTable

open System
open System.IO
open Spectre.Console
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store

let private columns (titles: string list) =
    let table = Table().Border(TableBorder.Rounded)

    for title in titles do
        table.AddColumn(TableColumn(Text title)) |> ignore

    table

let private row (table: Table) (cells: string list) =
    table.AddRow([| for cell in cells -> Text cell :> Rendering.IRenderable |])
    |> ignore

/// The wall time left when the running attempts keep their pace.
let remaining (status: SweepStatus) =
    match status.SecondsPerEpoch with
    | Some seconds when status.EpochsDone < status.Epochs && not status.Running.IsEmpty ->
        TimeSpan.FromSeconds(
            seconds * float (status.Epochs - status.EpochsDone)
            / float status.Running.Length
        )
        |> Some
    | _ -> None

let private loss (value: float option) =
    value
    |> Option.map (fun v -> FormattableString.Invariant $"{v:F2}")
    |> Option.defaultValue ""

let private ago (now: DateTimeOffset) (moment: DateTimeOffset) =
    SweepProgress.duration (max TimeSpan.Zero (now - moment)) + " ago"

/// One line per sweep.
let sweeps (all: (Orchestrator.Experiments.Domain.SweepRecord * StateCounts) list) =
    let table =
        columns [
            "sweep"
            "planned"
            "pending"
            "running"
            "completed"
            "pruned"
            "failed"
            "updated"
        ]

    for sweep, counts in all do
        row
            table
            ([ sweep.Name ]
             @ ([
                 counts.Planned
                 counts.Pending
                 counts.Running
                 counts.Completed
                 counts.Pruned
                 counts.Failed
                ]
                |> List.map string)
             @ [
                 sweep.UpdatedAt.ToString("yyyy-MM-dd HH:mm'Z'", Globalization.CultureInfo.InvariantCulture)
             ])

    table

/// Columns below which a table would break its words, and lines take its place.
let narrow = 90

/// One line per sweep, for a narrow terminal.
let sweepLines (all: (Orchestrator.Experiments.Domain.SweepRecord * StateCounts) list) = [
    for sweep, counts in all do
        let others =
            [
                "running", counts.Running
                "pending", counts.Pending
                "pruned", counts.Pruned
                "failed", counts.Failed
            ]
            |> List.filter (fun (_, count) -> count > 0)
            |> List.map (fun (name, count) -> $", {count} {name}")
            |> String.concat ""

        $"{sweep.Name}: {counts.Completed} of {counts.Planned} trials completed{others}"
]

/// Attempts under way, a line each, for a narrow terminal.
let runningLines (now: DateTimeOffset) (status: SweepStatus) = [
    for attempt in status.Running do
        $"  {WorkerMessage.label attempt.Varied attempt.Seed}: {attempt.Stage}, epoch {attempt.Epoch} of {attempt.Budget}, loss {loss attempt.Loss}, {ago now attempt.ProgressedAt}"
]

/// Attempts under way.
let running (now: DateTimeOffset) (status: SweepStatus) =
    let table =
        columns [ "worker"; "trial"; "attempt"; "stage"; "epoch"; "loss"; "last sign" ]

    for attempt in status.Running do
        row table [
            attempt.Worker
            WorkerMessage.label attempt.Varied attempt.Seed
            string attempt.Number
            attempt.Stage
            $"{attempt.Epoch}/{attempt.Budget}"
            loss attempt.Loss
            ago now attempt.ProgressedAt
        ]

    table

/// The sentences above the tables.
let summary (status: SweepStatus) =
    let counts = status.Counts

    let left =
        remaining status
        |> Option.map (fun span -> $", about {SweepProgress.duration span} left")
        |> Option.defaultValue ""

    [
        $"{status.Sweep.Name}: {counts.Planned} trials planned = {counts.Pending} pending + {counts.Running} running + {counts.Completed} completed + {counts.Pruned} pruned + {counts.Failed} failed"
        $"{status.EpochsDone} of {status.Epochs} epochs{left}"
        if status.EpochsSaved > 0 then
            $"{status.EpochsSaved} of these epochs were spared: {counts.Pruned} trials pruned, {status.StoppedEarly} stopped early"
        if status.EpochsLost > 0 then
            $"""{status.EpochsLost} of these epochs were not trained: {Numerals.counted counts.Failed "trial"} failed"""
    ]
    @ (status.Estimate |> Option.map EstimateText.status |> Option.defaultValue [])

/// Workers that wait, but for those that are gone.
let stillWaiting (status: SweepStatus) =
    status.Waiting
    |> List.filter (fun (worker, _) -> not (ProcessIdentity.isGone worker.ProcessId worker.Process))

/// Who waits, and for what.
let waiting (status: SweepStatus) = [
    for worker, reason in stillWaiting status -> $"{worker.Name} waits: {reason}"
]

// A worker that was killed wrote no last words into the store; its trial's log has them.
let private logTail results sweep (failed: FailedTrial) =
    let log = ResultsFolder.trialLog results sweep failed.TrialId

    if failed.LogTail <> "" then
        failed.LogTail.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        |> List.ofArray
    elif File.Exists log then
        use file =
            new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite ||| FileShare.Delete)

        use reader = new StreamReader(file)

        Seq.initInfinite (fun _ -> Option.ofObj (reader.ReadLine()))
        |> Seq.takeWhile Option.isSome
        |> Seq.choose id
        |> List.ofSeq
    else
        []

/// The last lines, so many at most, of what a failed trial's last attempt said.
let lastLines count results sweep (failed: FailedTrial) =
    let lines = logTail results sweep failed
    lines |> List.skip (max 0 (lines.Length - count))

/// A failed trial with its cause and the end of its log.
let failure (results: string) (sweep: string) (failed: FailedTrial) =
    let label = WorkerMessage.label failed.Varied failed.Seed
    let log = ResultsFolder.trialLog results sweep failed.TrialId
    let outcome = (string failed.Outcome).ToLowerInvariant()
    let attempts = Numerals.counted failed.Attempts "attempt"

    [ $"failed: {label} ({outcome}, {attempts}): {failed.Error}" ]
    @ [ for line in lastLines 8 results sweep failed -> "    " + line ]
    @ [ $"    log: {log}" ]
