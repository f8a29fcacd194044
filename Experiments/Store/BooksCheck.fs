/// Whether a sweep's books balance: every trial in one state, every completed one with one effective attempt, and
/// every artifact on disk as it was recorded.
module Orchestrator.Experiments.Store.BooksCheck

open System
open System.IO
open System.Security.Cryptography
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// What an audit found.
type Books = {
    Counts: StateCounts
    Attempts: int
    ArtifactsChecked: int
    /// A sentence per thing that does not balance.
    Faults: string list
}

let private short (id: string) = id.Substring(0, 12)

// A worker can be lost between the decision and its own end.
let private isPruning (attempt: AttemptRecord) =
    match attempt.Outcome with
    | Some(AttemptOutcome.Pruned | AttemptOutcome.Lost | AttemptOutcome.Preempted) -> true
    | _ -> false

let private stateFault (attempts: AttemptRecord list) (trial: TrialRecord) =
    let open' = attempts |> List.filter _.Outcome.IsNone |> List.length

    let effective =
        attempts
        |> List.filter (fun attempt ->
            Some attempt.Number = trial.EffectiveAttempt
            && attempt.Outcome = Some AttemptOutcome.Completed)
        |> List.length

    [
        if attempts.Length <> trial.Attempts then
            $"trial {short trial.Id} counts {trial.Attempts} attempts but has {attempts.Length}"
        if trial.State = TrialState.Running && open' <> 1 then
            $"trial {short trial.Id} is running with {open'} attempts under way"
        if trial.State <> TrialState.Running && open' <> 0 then
            $"trial {short trial.Id} is {Words.state trial.State} with an attempt under way"
        if trial.State = TrialState.Pruned && not (attempts |> List.exists isPruning) then
            $"trial {short trial.Id} is pruned, and no attempt of it ended so"
        if trial.State = TrialState.Completed && effective <> 1 then
            $"trial {short trial.Id} is completed with {effective} effective attempts"
        if
            trial.State = TrialState.Completed
            && not trial.StoppedEarly
            && trial.EpochsDone < List.max trial.Epochs
        then
            $"trial {short trial.Id} is completed after {trial.EpochsDone} of {List.max trial.Epochs} epochs"
    ]

let private artifactFault (results: string) (artifact: ArtifactRecord) =
    let path =
        Path.Combine(results, artifact.Path.Replace('/', Path.DirectorySeparatorChar))

    if not (File.Exists path) then
        Some $"{artifact.Path} is missing"
    else
        use file = File.OpenRead path

        if Convert.ToHexStringLower(SHA256.HashData file) <> artifact.Sha256 then
            Some $"{artifact.Path} is not the file that was recorded (another SHA-256)"
        else
            None

let private count (results: SweepResults) : StateCounts =
    let states = results.Trials |> List.countBy _.State |> Map.ofList

    let count state =
        Map.tryFind state states |> Option.defaultValue 0

    {
        Planned = results.Trials.Length
        Pending = count TrialState.Pending
        Running = count TrialState.Running
        Completed = count TrialState.Completed
        Pruned = count TrialState.Pruned
        Failed = count TrialState.Failed
    }

/// Audits what the store holds of a sweep against itself and against the disk.
let audit (resultsFolder: string) (results: SweepResults) : Books =
    let attemptsOf = results.Attempts |> List.groupBy _.TrialId |> Map.ofList

    {
        Counts = count results
        Attempts = results.Attempts.Length
        ArtifactsChecked = results.Artifacts.Length
        Faults = [
            for trial in results.Trials do
                yield! stateFault (Map.tryFind trial.Id attemptsOf |> Option.defaultValue []) trial
            for artifact in results.Artifacts do
                yield! artifactFault resultsFolder artifact |> Option.toList
        ]
    }
