/// Several sweeps as if they were one, so that the same report compares them.
module Orchestrator.Experiments.Report.AcrossSweeps

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

let private values name (trials: TrialRecord list) =
    trials |> List.distinctBy (fun trial -> Labels.value trial.Parameters name)

// What one sweep fixes may be what tells it from another: the names are found anew over all of them.
let private vary (trials: TrialRecord list) =
    let names =
        trials
        |> List.collect (fun trial -> List.ofSeq trial.Parameters.Names)
        |> List.distinct
        |> List.filter (fun name -> (values name trials).Length > 1)

    trials
    |> List.map (fun trial -> {
        trial with
            Varied =
                trial.Parameters
                |> Seq.filter (fun pair -> List.contains pair.Key names)
                |> ParameterSet.Of
    })

// A trial that belongs to two sweeps is one trial, read at the epochs of both.
let private merge (results: SweepResults list) =
    results
    |> List.collect _.Trials
    |> List.groupBy _.Id
    |> List.map (fun (_, own) -> {
        own.Head with
            Epochs = own |> List.collect _.Epochs |> List.distinct |> List.sort
    })

let private record (sweeps: SweepRecord list) = {
    Name = sweeps |> List.map _.Name |> String.concat " + "
    Manifest =
        sweeps
        |> List.map (fun sweep -> $"# {sweep.Name}\n{sweep.Manifest.TrimEnd()}\n")
        |> String.concat "---\n"
    ManifestFile = ""
    Objective = sweeps.Head.Objective
    CreatedAt = sweeps |> List.map _.CreatedAt |> List.min
    UpdatedAt = sweeps |> List.map _.UpdatedAt |> List.max
}

let private objectives (results: SweepResults list) =
    results
    |> List.map (fun one -> $"{one.Sweep.Name} by {one.Sweep.Objective.Metric}")
    |> String.concat ", "

/// The sweeps as one. They must share an objective: without one there is no order.
let join (results: SweepResults list) : Result<SweepResults, Problem list> =
    match results |> List.distinctBy _.Sweep.Objective with
    | [] -> Error [ Problem("compare", "no sweep was named", "Name two sweeps or more.") ]
    | _ :: _ :: _ ->
        Error [
            Problem(
                "objective",
                $"the sweeps are judged by different objectives: {objectives results}",
                "Compare sweeps with one objective, or run one of the manifests with the other's objective: nothing is trained again."
            )
        ]
    | [ _ ] ->
        Ok {
            Sweep = record (results |> List.map _.Sweep)
            Trials = results |> merge |> vary
            Attempts =
                results
                |> List.collect _.Attempts
                |> List.distinctBy (fun a -> a.TrialId, a.Number)
            Metrics =
                results
                |> List.collect _.Metrics
                |> List.distinctBy (fun metric -> struct (metric.TrialId, metric.Name, metric.Epoch))
            Artifacts =
                results
                |> List.collect _.Artifacts
                |> List.distinctBy (fun a -> a.TrialId, a.Path)
            Estimates = results |> List.collect _.Estimates |> List.sortBy _.MadeAt
        }
