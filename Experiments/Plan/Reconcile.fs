namespace Orchestrator.Experiments.Plan

open System.Collections.Generic
open Orchestrator.Experiments.Domain

/// A plan beside what the store already knows: a set difference on trial ids.
type Reconciliation = {
    /// Never seen before.
    New: PlannedTrial list
    /// Waiting, or begun and not ended.
    Unfinished: PlannedTrial list
    /// Trained before for fewer epochs; taken up from the last checkpoint.
    Reopened: PlannedTrial list
    /// Completed or pruned: nothing to do.
    Kept: PlannedTrial list
    /// Failed; tried again only when asked for.
    Failed: PlannedTrial list
    /// In the store, and asked for again as another trial: its data, or the total that its schedule depends on, changed.
    Stale: TrialRecord list
    /// In the store and no longer asked for. Nothing is deleted.
    Orphaned: TrialRecord list
} with

    /// What is left to train, in the order of the plan's parts: what was begun comes first.
    member this.ToDo = this.Unfinished @ this.Reopened @ this.New

[<RequireQualifiedAccess>]
module Reconcile =

    [<RequireQualifiedAccess>]
    type private Standing =
        | New
        | Unfinished
        | Reopened
        | Kept
        | Failed

    let private standing prunes (known: Dictionary<string, TrialRecord>) (planned: PlannedTrial) =
        match known.TryGetValue planned.Id with
        | false, _ -> Standing.New
        | true, record ->
            match record.State with
            | TrialState.Completed when not record.StoppedEarly && record.EpochsDone < List.last planned.Epochs ->
                Standing.Reopened
            // Without a pruner they go on.
            | TrialState.Pruned when prunes = Pruner.Off -> Standing.Unfinished
            | TrialState.Completed
            | TrialState.Pruned -> Standing.Kept
            | TrialState.Failed -> Standing.Failed
            | TrialState.Pending
            | TrialState.Running -> Standing.Unfinished

    /// Compares a plan with the trials of its sweep in the store; trials that other sweeps trained count as well.
    let compare (plan: Plan) (own: TrialRecord list) (others: TrialRecord list) : Reconciliation =
        let known = Dictionary<string, TrialRecord>()

        for record in others @ own do
            known[record.Id] <- record

        let asked = plan.Trials |> Seq.map _.Id |> HashSet

        let standings =
            plan.Trials
            |> List.map (fun planned -> standing plan.Sweep.Pruner known planned, planned)

        let standingAt wanted =
            standings |> List.filter (fun (found, _) -> found = wanted) |> List.map snd

        // Most stores hold nothing else, and then nobody asks.
        let again =
            lazy (plan.Trials |> Seq.map (fun trial -> trial.Parameters, trial.Seed) |> HashSet)

        let stale, orphaned =
            own
            |> List.filter (fun record -> not (asked.Contains record.Id))
            |> List.partition (fun record -> again.Value.Contains((record.Parameters, record.Seed)))

        {
            New = standingAt Standing.New
            Unfinished = standingAt Standing.Unfinished
            Reopened = standingAt Standing.Reopened
            Kept = standingAt Standing.Kept
            Failed = standingAt Standing.Failed
            Stale = stale
            Orphaned = orphaned
        }
