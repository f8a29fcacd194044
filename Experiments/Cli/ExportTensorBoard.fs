/// `export --format tensorboard`: a folder of event files, one for each trial.
module Orchestrator.Experiments.Cli.ExportTensorBoard

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report

let private inName (c: char) =
    Char.IsAsciiLetterOrDigit c || c = '.' || c = '_' || c = '-'

/// The folder of a trial, which TensorBoard shows as the name of a run: its parameters, its seed, its id.
let folderOf (trial: TrialRecord) =
    let parameters =
        trial.Varied
        |> Seq.map (fun pair -> $"{pair.Key}-{Labels.value trial.Varied pair.Key}")
        |> String.concat "_"
        |> String.map (fun c -> if inName c then c else '-')

    let id = trial.Id.Substring(0, min 12 trial.Id.Length)
    let name = $"seed-{trial.Seed}_{id}"
    if parameters = "" then name else $"{parameters}_{name}"

let private steps (metrics: MetricRecord list) =
    metrics
    |> List.groupBy _.Epoch
    |> List.sortBy fst
    |> List.map (fun (epoch, own) -> epoch, own |> List.map (fun metric -> metric.Name, metric.Value) |> List.sort)

// No clock was read at each epoch: every figure of a trial carries the time at which its attempt began.
let private began (results: SweepResults) (trial: TrialRecord) =
    results.Attempts
    |> List.tryFind (fun attempt -> attempt.TrialId = trial.Id && Some attempt.Number = trial.EffectiveAttempt)
    |> Option.map _.StartedAt
    |> Option.defaultValue results.Sweep.CreatedAt

let private ended (results: SweepResults) (trial: TrialRecord) =
    results.Attempts
    |> List.filter (fun attempt -> attempt.TrialId = trial.Id)
    |> List.choose _.EndedAt
    |> List.sort
    |> List.tryLast

let private writeFile (folder: string) time values (steps: (int * (string * float) list) list) =
    Directory.CreateDirectory folder |> ignore

    // TensorBoard adds the event files of a folder up: what an earlier export left would be drawn twice.
    for earlier in Directory.GetFiles(folder, "events.out.tfevents.*") do
        File.Delete earlier

    let path =
        Path.Combine(folder, $"events.out.tfevents.{(time: DateTimeOffset).ToUnixTimeSeconds()}.orchestrator")

    let beside = path + ".partial"

    do
        use stream = new FileStream(beside, FileMode.Create, FileAccess.Write)
        ExportEventFile.write stream time values steps
        stream.Flush true

    File.Move(beside, path, true)

let private writeTrial folder (results: SweepResults) (trial: TrialRecord) metrics =
    let time = began results trial

    let session =
        ExportHParams.start time trial
        :: Option.toList (ExportHParams.ending (ended results trial) trial)

    writeFile (Path.Combine(folder, folderOf trial)) time session (steps metrics)

/// Writes the sweep and a folder for each trial that has figures, and answers how many these are.
let write (results: SweepResults) (folder: string) : Result<int, Problem list> =
    let byTrial = results.Metrics |> List.groupBy _.TrialId |> Map.ofList

    try
        writeFile folder results.Sweep.CreatedAt [ ExportHParams.experiment results ] []

        results.Trials
        |> List.choose (fun trial -> Map.tryFind trial.Id byTrial |> Option.map (fun metrics -> trial, metrics))
        |> List.map (fun (trial, metrics) -> writeTrial folder results trial metrics)
        |> List.length
        |> Ok
    with
    | :? IOException
    | :? UnauthorizedAccessException as e ->
        Error [
            Problem(
                folder,
                $"the event files cannot be written: {e.Message}",
                "Free space, mend the folder's rights, or give another place with --output."
            )
        ]
