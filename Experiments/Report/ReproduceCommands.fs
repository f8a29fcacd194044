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

let private isManifest (file: string) =
    file.EndsWith(".yaml", System.StringComparison.OrdinalIgnoreCase)
    || file.EndsWith(".yml", System.StringComparison.OrdinalIgnoreCase)

/// The name of the file that held a sweep's manifest; one that any can have, where it was a script's or is not known.
let fileName (sweep: SweepRecord) =
    if plain sweep.ManifestFile && isManifest sweep.ManifestFile then
        sweep.ManifestFile
    else
        String.map (fun c -> if plain (string c) then c else '-') sweep.Name + ".yaml"

// The end of a here-document must be a line that the manifest does not hold.
let private terminator (manifest: string) =
    Seq.initInfinite (fun i -> if i = 0 then "MANIFEST" else $"MANIFEST{i}")
    |> Seq.find (fun word -> not (manifest.Split '\n' |> Array.contains word))

let private hereDocument (sweep: SweepRecord) =
    let stop = terminator sweep.Manifest
    $"cat > {fileName sweep} <<'{stop}'\n{sweep.Manifest.TrimEnd()}\n{stop}"

let private query (sweeps: SweepRecord list) view columns order =
    let names =
        sweeps
        |> List.map (fun sweep -> "'" + sweep.Name.Replace("'", "''") + "'")
        |> String.concat ", "

    quoted $"SELECT {columns} FROM {view} WHERE sweep IN ({names}) ORDER BY {order}"
    |> fun sql -> $"sqlite3 -header -csv results/orchestrator.db {sql}"

let private manifests (sweeps: SweepRecord list) = [
    for sweep in sweeps do
        CommandLine(
            "manifest",
            (if sweep.ManifestFile = "" then
                 $"Write the manifest of {sweep.Name} to a file, exactly as it was run"
             elif isManifest sweep.ManifestFile then
                 $"Write {sweep.ManifestFile}, the manifest of {sweep.Name}, exactly as it was run"
             else
                 $"The script {sweep.ManifestFile} declared {sweep.Name}; this is the manifest that it came to"),
            hereDocument sweep
        )

    for sweep in sweeps do
        CommandLine(
            "run",
            "Train what is left of it, or all of it in an empty results folder",
            $"./orchestrator run {fileName sweep}"
        )
]

let private page (sweeps: SweepRecord list) =
    match sweeps with
    | [ sweep ] -> $"./orchestrator report {quoted sweep.Name}"
    | several ->
        let names =
            several |> List.map (fun sweep -> quoted sweep.Name) |> String.concat " "

        $"./orchestrator compare {names}"

/// What proves a trial: it is trained again and compared byte by byte.
let verify (trial: TrialRecord) =
    $"./orchestrator verify {trial.Id.Substring(0, min 12 trial.Id.Length)}"

/// The commands, in the order of the page. `shown` are the trials whose pictures the page shows.
let build (sweeps: SweepRecord list) (shown: TrialRecord list) = [
    yield! manifests sweeps
    CommandLine("page", "This page", page sweeps)

    CommandLine(
        "figures",
        "The figures of the verdict, the leaderboard, the parameters and the trade-offs, a row per trial",
        query sweeps "trial_summary" "trial, varied, seed, state, metric, value" "varied, seed"
    )

    for sweep in sweeps do
        let file = quoted (sweep.Name + ".csv")

        CommandLine(
            "export",
            $"Every figure of every trial of {sweep.Name}, a row per trial and epoch",
            $"./orchestrator export {quoted sweep.Name} --output {file}"
        )

    CommandLine(
        "curves",
        "The learning curves, a row per trial, metric and epoch",
        query sweeps "epoch_metrics" "trial, seed, metric, epoch, value" "trial, metric, epoch"
    )

    if not shown.IsEmpty then
        CommandLine(
            "models",
            "The pictures of the models and their latent spaces: each trial is trained again, and its weights, figures and pictures are compared bit for bit",
            shown |> List.map verify |> String.concat "\n"
        )

    CommandLine(
        "difference",
        "Any two trials side by side, by the beginnings of their ids",
        "diff <(./orchestrator show FIRST --json) <(./orchestrator show SECOND --json)"
    )

    CommandLine(
        "attempts",
        "Seconds per trial and the timeline",
        query sweeps "attempts" "trial_id, number, worker, started_at, ended_at, outcome" "started_at"
    )
]
