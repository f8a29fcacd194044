/// A sweep that a sampler searches over a known function, without processes and without a store.
module Orchestrator.Experiments.Tests.Search.SearchGame

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Tests

let sweepOf text = SampleRules.parse text

/// A planned trial with what the function says of it.
let figureOf (objective: ParameterSet -> float) (trial: PlannedTrial) : TrialFigure = {
    TrialId = trial.Id
    ConfigurationId = trial.ConfigurationId
    Parameters = trial.Parameters
    State = TrialState.Completed
    IsDiverged = false
    Epoch = List.last trial.Epochs
    Value = Some(objective trial.Parameters)
}

let planOf (sweep: Sweep) =
    match Planner.plan SampleRules.rules sweep with
    | Ok plan -> plan
    | Error problems -> invalidOp $"%A{problems}"

/// The figures of the whole search, so many proposals at a time.
let play (sweep: Sweep) batch objective : TrialFigure list =
    let plan = planOf sweep

    let seed =
        match sweep.Sampler with
        | Sampler.Tpe(_, seed, _) -> seed
        | _ -> 0UL

    let rec go figures left =
        if left <= 0 then
            figures
        else
            match Proposals.next SampleRules.rules sweep seed figures (min batch left) with
            | [] -> figures
            | proposals ->
                let trials =
                    proposals
                    |> List.collect (fun proposal -> Planner.extend SampleRules.rules plan [ proposal.Declared ])

                go (figures @ (trials |> List.map (figureOf objective))) (left - proposals.Length)

    go (plan.Trials |> List.map (figureOf objective)) (plan.ToPropose / sweep.Seeds.Length)

/// The best value that was found.
let best (figures: TrialFigure list) =
    figures |> List.choose _.Value |> List.max

let real name (parameters: ParameterSet) =
    match parameters.Find name with
    | :? ParameterValue.Real as value -> value.Value
    | :? ParameterValue.Integer as value -> float value.Value
    | _ -> nan

let word name (parameters: ParameterSet) =
    match parameters.Find name with
    | :? ParameterValue.Text as text -> text.Value
    | _ -> ""
