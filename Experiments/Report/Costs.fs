/// What trials cost: time from their attempts.
module Orchestrator.Experiments.Report.Costs

open Orchestrator.Experiments.Domain

/// Seconds of work at a trial, all its attempts together; None where one has no end or nothing was completed.
let seconds (attempts: AttemptRecord list) =
    let lengths =
        attempts
        |> List.map (fun attempt ->
            attempt.EndedAt
            |> Option.map (fun ended -> (ended - attempt.StartedAt).TotalSeconds))

    if attempts.IsEmpty || List.exists Option.isNone lengths then
        None
    else
        Some(List.sum (List.choose id lengths))

/// A configuration's mean seconds per trial over the trials that were completed.
let ofConfiguration (byTrial: Map<string, AttemptRecord list>) (configuration: Configuration) =
    configuration.Trials
    |> List.filter (fun trial -> trial.State = TrialState.Completed)
    |> List.choose (fun trial -> Map.tryFind trial.Id byTrial |> Option.bind seconds)
    |> function
        | [] -> None
        | some -> Some(List.average some)
