/// A trial's record beside that of another training of it.
module Orchestrator.Experiments.Cli.TrialComparison

open System
open System.Globalization
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report

/// What a completed trial left behind, as far as it must be the same whenever it is trained.
type TrainedRecord = {
    WeightsDigest: string option
    /// By epoch and name.
    Figures: Map<int * string, float>
    /// Digests by the path inside the trial's folder.
    Files: Map<string, string>
}

/// One thing that is not the same.
type Difference = {
    What: string
    Recorded: string
    Again: string
}

let private figure (value: float) =
    value.ToString("R", CultureInfo.InvariantCulture)

let private compareMaps describe say same (recorded: Map<'K, 'V>) (again: Map<'K, 'V>) =
    let keys =
        Set.union (recorded |> Map.keys |> Set.ofSeq) (again |> Map.keys |> Set.ofSeq)

    let shown = Option.map say >> Option.defaultValue "absent"

    [
        for key in keys do
            match Map.tryFind key recorded, Map.tryFind key again with
            | Some a, Some b when same a b -> ()
            | a, b -> {
                What = describe key
                Recorded = shown a
                Again = shown b
              }
    ]

/// Everything that differs: the weights' digest, every figure to its last bit, every file's digest.
let compare (recorded: TrainedRecord) (again: TrainedRecord) =
    let digest record =
        record.WeightsDigest
        |> Option.map (fun digest -> (), digest)
        |> Option.toList
        |> Map.ofList

    let sameBits (a: float) (b: float) =
        BitConverter.DoubleToInt64Bits a = BitConverter.DoubleToInt64Bits b

    compareMaps (fun () -> "weights") id (=) (digest recorded) (digest again)
    @ compareMaps (fun (epoch, name) -> $"{name} of epoch {epoch}") figure sameBits recorded.Figures again.Figures
    @ compareMaps (fun path -> $"file {path}") id (=) recorded.Files again.Files

// What was free at the time computes nothing.
let private ofTheMoment = set [ "memory mib" ]

/// Where two attempts ran on something else, by what is known of both: it explains what differs between their results.
let compareSurroundings (recorded: (string * string) list) (again: (string * string) list) = [
    for name, value in recorded do
        match List.tryFind (fun (other, _) -> other = name) again with
        | Some(_, now) when now <> value && not (ofTheMoment.Contains name) -> {
            What = name
            Recorded = value
            Again = now
          }
        | _ -> ()
]

/// What an attempt ran on other than the last one that left it whole epochs: from there on digits may be other ones.
let changedSince (earlier: AttemptRecord list) (attempt: AttemptRecord) =
    match
        earlier
        |> List.filter (fun other -> other.EpochsDone > other.StartEpoch)
        |> List.tryLast
    with
    | Some other when attempt.StartEpoch > 0 ->
        compareSurroundings (ProvenanceFacts.environment other) (ProvenanceFacts.environment attempt)
    | _ -> []

/// The record of one trial of a sweep's results, or None before it is completed.
let recordOf (results: SweepResults) (trialId: string) : TrainedRecord option =
    results.Trials
    |> List.tryFind (fun trial -> trial.Id = trialId && trial.State = TrialState.Completed)
    |> Option.map (fun trial -> {
        WeightsDigest =
            results.Attempts
            |> List.tryFind (fun attempt -> attempt.TrialId = trialId && Some attempt.Number = trial.EffectiveAttempt)
            |> Option.bind _.WeightsDigest
        Figures =
            results.Metrics
            |> List.filter (fun metric -> metric.TrialId = trialId)
            |> List.map (fun metric -> (metric.Epoch, metric.Name), metric.Value)
            |> Map.ofList
        Files =
            results.Artifacts
            |> List.filter (fun artifact -> artifact.TrialId = trialId)
            |> List.map (fun artifact -> artifact.Path.Substring(trial.Folder.Length + 1), artifact.Sha256)
            |> Map.ofList
    })
