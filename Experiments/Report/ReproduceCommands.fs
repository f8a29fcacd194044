/// What to type to get each part of the report again.
module Orchestrator.Experiments.Report.ReproduceCommands

open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

let private plain (text: string) =
    text <> ""
    && text
       |> Seq.forall (fun c -> System.Char.IsAsciiLetterOrDigit c || c = '-' || c = '_' || c = '.')

/// A word as a POSIX shell reads it literally.
let quoted (text: string) =
    if plain text then
        text
    elif text |> Seq.exists (fun c -> "\"$`\\!".Contains c) |> not then
        "\"" + text + "\""
    else
        "'" + text.Replace("'", "'\\''") + "'"

/// The name of a file that any sweep's manifest can have.
let fileName (sweep: string) =
    String.map (fun c -> if plain (string c) then c else '-') sweep + ".yaml"

// The end of a here-document must be a line that the manifest does not hold.
let private terminator (manifest: string) =
    Seq.initInfinite (fun i -> if i = 0 then "MANIFEST" else $"MANIFEST{i}")
    |> Seq.find (fun word -> not (manifest.Split '\n' |> Array.contains word))

let private hereDocument (sweep: SweepRecord) =
    let stop = terminator sweep.Manifest
    $"cat > {fileName sweep.Name} <<'{stop}'\n{sweep.Manifest.TrimEnd()}\n{stop}"

let private query (sweeps: SweepRecord list) view columns order =
    let names =
        sweeps
        |> List.map (fun sweep -> "'" + sweep.Name.Replace("'", "''") + "'")
        |> String.concat ", "

    quoted $"SELECT {columns} FROM {view} WHERE sweep IN ({names}) ORDER BY {order}"
    |> fun sql -> $"sqlite3 -header -csv results/orchestrator.db {sql}"

/// The commands, in the order of the page.
let build (sweeps: SweepRecord list) = [
    for sweep in sweeps do
        CommandLine($"Write the manifest of {sweep.Name} to a file, exactly as it was run", hereDocument sweep)

    for sweep in sweeps do
        CommandLine(
            "Train what is left of it, or all of it in an empty results folder",
            $"./orchestrator run {fileName sweep.Name}"
        )

    match sweeps with
    | [ sweep ] -> CommandLine("This page", $"./orchestrator report {quoted sweep.Name}")
    | several ->
        let names =
            several |> List.map (fun sweep -> quoted sweep.Name) |> String.concat " "

        CommandLine("This page", $"./orchestrator compare {names}")

    CommandLine(
        "The figures of the verdict, the leaderboard and the effects, a row per trial",
        query sweeps "trial_summary" "trial, varied, seed, state, metric, value" "varied, seed"
    )

    CommandLine(
        "The learning curves, a row per trial, metric and epoch",
        query sweeps "epoch_metrics" "trial, seed, metric, epoch, value" "trial, metric, epoch"
    )

    CommandLine(
        "Seconds per trial and the timeline",
        query sweeps "attempts" "trial_id, number, worker, started_at, ended_at, outcome" "started_at"
    )
]
