namespace Orchestrator.Experiments.Search

open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan

/// A plan with what was proposed for it in earlier runs.
[<RequireQualifiedAccess>]
module Continuation =

    /// The plan with the trials that a sampler proposed before and that still lie in its space, in their order, as far as
    /// the budget holds them.
    let ofPlan rules (plan: Plan) (recorded: TrialRecord list) : Plan =
        if plan.ToPropose = 0 then
            plan
        else
            let space = SearchSpace.ofSweep rules plan.Sweep
            let planned = plan.Trials |> List.map _.Id |> Set.ofList
            let known = recorded |> List.map _.Id |> Set.ofList

            let isExcluded (configuration: Configuration) =
                plan.Sweep.Exclude
                |> List.exists (fun set -> Configuration.matches set configuration)

            let declared =
                recorded
                |> List.filter (fun record -> not (planned.Contains record.Id))
                |> List.distinctBy _.ConfigurationId
                |> List.map (fun record -> (SearchSpace.locate space record.Parameters).Declared)
                |> List.filter (fun declared ->
                    match Configuration.resolve rules declared with
                    | Ok configuration -> not (isExcluded configuration)
                    | Error _ -> false)

            // A proposal was planned with all its seeds at once; one of them in the store shows that it was made.
            let earlier =
                Planner.extend rules plan declared
                |> List.filter (fun trial -> not (planned.Contains trial.Id))
                |> List.distinctBy _.Id
                |> List.groupBy _.ConfigurationId
                |> List.filter (fun (_, trials) -> trials |> List.exists (fun trial -> known.Contains trial.Id))
                |> List.collect snd
                |> List.truncate plan.ToPropose

            {
                plan with
                    Trials = plan.Trials @ earlier
                    ToPropose = plan.ToPropose - earlier.Length
            }
