namespace Orchestrator.Experiments.Launch

open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Store

/// Has a sampler that learns propose as workers fall free: asked with how many would stand idle, it plans so many further
/// trials and answers how many are still to come.
type Proposer = int -> int

[<RequireQualifiedAccess>]
module Proposer =

    /// For sweeps whose trials are all planned from the start.
    let none: Proposer = fun _ -> 0

    let private propose rules (plan: Plan) (store: ITrialStore) seed idle awaited =
        let sweep = plan.Sweep
        let figures = store.Figures sweep.Name
        let seeds = sweep.Seeds.Length

        // A proposal is a configuration with all its seeds: as many as give every idle worker a trial.
        let count = min (awaited / seeds) ((idle + seeds - 1) / seeds)
        let proposals = Proposals.next rules sweep seed figures (max 1 count)

        let trials (proposal: Proposal) =
            proposal, Planner.extend rules plan [ proposal.Declared ]

        store.Propose(sweep.Name, figures.Length, proposals |> List.map trials)
        |> ignore

        store.ToCome sweep.Name

    /// The proposer of a plan; another coordinator of the same sweep may propose beside it.
    let ofPlan rules (plan: Plan) (store: ITrialStore) : Proposer =
        match plan.Sweep.Sampler with
        | Sampler.Tpe(_, seed, _) ->
            fun idle ->
                match store.ToCome plan.Sweep.Name with
                | 0 -> 0
                | awaited when idle <= 0 -> awaited
                | awaited -> propose rules plan store seed idle awaited
        | _ -> none
