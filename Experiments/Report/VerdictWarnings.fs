/// Failures and gaps, in plain sight.
module Orchestrator.Experiments.Report.VerdictWarnings

open Orchestrator.Experiments.Domain

/// Trials that run and trials that wait.
let unfinished (summary: Summary) =
    let trials = summary.Configurations |> List.collect _.Trials

    let inState state =
        trials |> List.filter (fun trial -> trial.State = state) |> List.length

    inState TrialState.Running, inState TrialState.Pending

/// Trials that diverged and trials that failed otherwise.
let failures (summary: Summary) =
    let diverged = summary.Configurations |> List.sumBy _.Diverged
    let failed = summary.Configurations |> List.sumBy _.Failed
    diverged, failed

/// Trials in all.
let total (summary: Summary) =
    summary.Configurations |> List.sumBy _.Trials.Length

let private inNoMean count =
    if count = 1 then
        "It counts in no mean."
    else
        "They count in no mean."

/// A sentence each.
let build (unit: string) (summary: Summary) (reading: Reading option) = [
    let diverged, failed = failures summary
    let pruned = summary.Configurations |> List.sumBy Summary.pruned
    let all = total summary
    let running, pending = unfinished summary

    if diverged > 0 then
        $"{Numbers.count diverged} of {Numbers.trials all} diverged: the loss was not finite. {inNoMean diverged}"

    if failed > 0 then
        $"{Numbers.count failed} of {Numbers.trials all} failed. {inNoMean failed}"

    if pruned > 0 then
        let partly =
            summary.Configurations
            |> List.filter (fun configuration ->
                let count = Summary.pruned configuration
                count > 0 && count < configuration.Trials.Length)

        $"{Numbers.count pruned} of {Numbers.trials all} pruned: stopped early as behind the others. {inNoMean pruned}"

        if not partly.IsEmpty then
            $"{Numbers.configurations partly.Length} lost some seeds to the pruner and others not: their means are over the seeds that did well, and flatter them."

    if
        unit.StartsWith("nats", System.StringComparison.Ordinal)
        && List.contains "likelihood" summary.Names
    then
        "The configurations have different likelihoods, and nats under one are no measure of nats under another: compare those by a metric such as the squared error."

    match reading with
    | Some reading when not reading.Unmeasured.IsEmpty && not reading.Standings.IsEmpty ->
        $"{Numbers.configurations reading.Unmeasured.Length} without a figure at {Labels.reading reading.Epoch}."
    | _ -> ()

    if running + pending > 0 then
        $"The sweep is not finished: {Numbers.count running} running, {Numbers.count pending} waiting of {Numbers.trials all}."
]
