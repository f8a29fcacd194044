/// The words that the database's columns hold for the domain's cases.
module internal Orchestrator.Experiments.Store.Words

open System.Text.Json
open System.Collections.Immutable
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

let state =
    function
    | TrialState.Pending -> "pending"
    | TrialState.Running -> "running"
    | TrialState.Completed -> "completed"
    | TrialState.Pruned -> "pruned"
    | TrialState.Failed -> "failed"

let parseState =
    function
    | "pending" -> TrialState.Pending
    | "running" -> TrialState.Running
    | "completed" -> TrialState.Completed
    | "pruned" -> TrialState.Pruned
    | "failed" -> TrialState.Failed
    | other -> invalidArg (nameof other) $"'{other}' is no state of a trial"

let private outcomes = [
    AttemptOutcome.Completed, "completed"
    AttemptOutcome.Failed, "failed"
    AttemptOutcome.Lost, "lost"
    AttemptOutcome.Preempted, "preempted"
    AttemptOutcome.Cancelled, "cancelled"
    AttemptOutcome.OutOfMemory, "out-of-memory"
    AttemptOutcome.Diverged, "diverged"
    AttemptOutcome.Pruned, "pruned"
]

let outcome value =
    outcomes |> List.find (fun (case, _) -> case = value) |> snd

let parseOutcome word =
    outcomes |> List.find (fun (_, name) -> name = word) |> fst

let direction =
    function
    | MetricDirection.Maximize -> "maximize"
    | MetricDirection.Minimize -> "minimize"
    | _ -> "neutral"

let parseDirection =
    function
    | "maximize" -> MetricDirection.Maximize
    | "minimize" -> MetricDirection.Minimize
    | _ -> MetricDirection.Neutral

let epochs (values: int list) = JsonSerializer.Serialize values

let parseEpochs (json: string) =
    JsonSerializer.Deserialize<int[]> json
    |> Option.ofObj
    |> Option.map List.ofArray
    |> Option.defaultValue []

let immutableEpochs (json: string) =
    ImmutableArray.CreateRange(parseEpochs json)
