/// What won and how sure that is, in sentences.
module Orchestrator.Experiments.Report.VerdictText

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

/// The members of the best set that the verdict names; the leaderboard marks them all.
let private listed = 8

let private unfinished (summary: Summary) =
    let trials = summary.Configurations |> List.collect _.Trials

    let inState state =
        trials |> List.filter (fun trial -> trial.State = state) |> List.length

    inState TrialState.Running, inState TrialState.Pending

let private failures (summary: Summary) =
    let diverged = summary.Configurations |> List.sumBy _.Diverged
    let failed = summary.Configurations |> List.sumBy _.Failed
    diverged, failed

let private total (summary: Summary) =
    summary.Configurations |> List.sumBy _.Trials.Length

let private label (summary: Summary) (standing: Standing) =
    Labels.configuration summary.Names standing.Configuration.Varied

let private figure unit (standing: Standing) =
    Numbers.withUncertainty standing.Estimate.Mean standing.Estimate.Half
    + Labels.after unit

let private nothing summary =
    let diverged, failed = failures summary
    let running, pending = unfinished summary
    let all = total summary

    let every =
        if all = 1 then
            "the only trial"
        else
            $"all {Numbers.count all} trials"

    if all = 0 then
        "This sweep has no trials."
    elif diverged = all then
        $"Nothing to rank: {every} diverged."
    elif diverged + failed = all then
        $"""Nothing to rank: {every} {(if diverged = 0 then "failed" else "failed or diverged")}."""
    elif running + pending > 0 then
        $"Nothing is measured yet: {Numbers.count running} of {Numbers.trials all} running, {Numbers.count pending} waiting."
    else
        "Nothing to rank: no trial left a figure of the objective."

// By how much the top is ahead of what comes next, paired over seeds: the answer to a question of two.
let private lead (summary: Summary) (reading: Reading) =
    reading.Standings
    |> List.tryFind (fun standing -> standing.Comparison <> Comparison.Top)
    |> Option.bind (fun next ->
        match next.Comparison with
        | Comparison.Behind(difference, _)
        | Comparison.Indistinct(difference, _) when difference.Half.IsSome ->
            let who =
                if reading.Standings.Length = 2 then
                    label summary next
                else
                    $"the next, {label summary next},"

            Some $"ahead of {who} by {Numbers.withUncertainty difference.Mean difference.Half}"
        | _ -> None)

let private headline summary unit (reading: Reading) (top: Standing) =
    let running, pending = unfinished summary
    let soFar = running + pending > 0
    let others = reading.Standings.Length - 1
    let best = reading.Standings |> List.filter _.InBestSet |> List.length
    let name = label summary top

    let sentence =
        if others = 0 then
            $"{Labels.capital name} reaches {figure unit top}"
        elif not reading.IsTested then
            $"{name} leads with {figure unit top}"
        elif best = 1 then
            let ahead =
                lead summary reading
                |> Option.map (fun text -> ", " + text)
                |> Option.defaultValue ""

            $"{name} wins with {figure unit top}{ahead}"
        elif best = others + 1 then
            $"{name} leads with {figure unit top}, but nothing sets it apart from the others"
        else
            $"{name} leads with {figure unit top}; {Numbers.count (best - 1)} of {Numbers.others others} cannot be told apart from it"

    (if soFar then "So far, " else "") + sentence + "."

let private following (summary: Summary) =
    match summary.Following with
    | [] -> []
    | names ->
        let shown = List.truncate listed names

        let more =
            if names.Length > listed then
                [ Numbers.others (names.Length - listed) ]
            else
                []

        let vary = if names.Length = 1 then "varies" else "vary"

        [
            $"{Labels.sequence (shown @ more)} {vary} too, but only together with {Labels.sequence summary.Names}: what they do cannot be told apart."
        ]

let private isOrAre count = if count = 1 then "is" else "are"

let private support (summary: Summary) (reading: Reading) (top: Standing) = [
    let objective = summary.Sweep.Objective.Metric
    let seeds = top.Estimate.Count
    let others = reading.Standings.Length - 1

    if seeds = 1 then
        $"{Labels.capital (Labels.metric objective)} at {Labels.reading reading.Epoch}. One seed: no interval, and nothing says how the order would change with another."
    else
        $"Mean {Labels.metric objective} at {Labels.reading reading.Epoch} over {Numbers.seeds seeds}, with the 95 %% interval."

    if reading.IsTested then
        let behind =
            others + 1 - (reading.Standings |> List.filter _.InBestSet |> List.length)

        let behind =
            behind
            - (reading.Standings
               |> List.filter (fun standing -> standing.Comparison.IsUntested)
               |> List.length)

        if behind > 0 then
            $"{Numbers.count behind} of {Numbers.configurations (others + 1)} {isOrAre behind} behind at the 5 %% level: paired over seeds, corrected for {Numbers.comparisons others} (Holm)."
        else
            $"No configuration is behind at the 5 %% level: paired over seeds, corrected for {Numbers.comparisons others} (Holm)."

        if seeds < 4 && others > 1 then
            $"With {Numbers.seeds seeds} such a test has little power; more seeds would separate more configurations."

    yield! following summary
]

let private inNoMean count =
    if count = 1 then
        "It counts in no mean."
    else
        "They count in no mean."

let private warnings (summary: Summary) (reading: Reading option) = [
    let diverged, failed = failures summary
    let all = total summary
    let running, pending = unfinished summary

    if diverged > 0 then
        $"{Numbers.count diverged} of {Numbers.trials all} diverged: the loss was not finite. {inNoMean diverged}"

    if failed > 0 then
        $"{Numbers.count failed} of {Numbers.trials all} failed. {inNoMean failed}"

    let pruned = summary.Configurations |> List.sumBy Summary.pruned

    if pruned > 0 then
        let partly =
            summary.Configurations
            |> List.filter (fun configuration ->
                let count = Summary.pruned configuration
                count > 0 && count < configuration.Trials.Length)

        $"{Numbers.count pruned} of {Numbers.trials all} pruned: stopped early as behind the others. {inNoMean pruned}"

        if not partly.IsEmpty then
            $"{Numbers.configurations partly.Length} lost some seeds to the pruner and others not: their means are over the seeds that did well, and flatter them."

    match reading with
    | Some reading when not reading.Unmeasured.IsEmpty && not reading.Standings.IsEmpty ->
        $"{Numbers.configurations reading.Unmeasured.Length} without a figure at {Labels.reading reading.Epoch}."
    | _ -> ()

    if running + pending > 0 then
        $"The sweep is not finished: {Numbers.count running} running, {Numbers.count pending} waiting of {Numbers.trials all}."
]

/// The verdict at the last reading that has a figure.
let build (unit: string) (attempts: AttemptRecord list) (summary: Summary) : Verdict =
    let reading =
        summary.Readings
        |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)

    match
        reading
        |> Option.bind (fun reading -> reading.Top |> Option.map (fun top -> reading, top))
    with
    | None ->
        Verdict(nothing summary, [||], [||], 0, [||], Array.ofList (warnings summary (List.tryLast summary.Readings)))
    | Some(reading, top) ->
        let best =
            top
            :: (reading.Standings
                |> List.filter (fun s -> s.InBestSet && s.Comparison <> Comparison.Top))

        let contenders =
            best
            |> List.truncate listed
            |> List.map (fun standing ->
                Contender(
                    standing.Configuration.Id,
                    label summary standing,
                    Numbers.withUncertainty standing.Estimate.Mean standing.Estimate.Half,
                    Numbers.seeds standing.Estimate.Count
                ))

        let answers =
            ParameterAnswers.ofReading summary reading
            |> List.map (fun answer -> ParameterAnswer(answer.Parameter, ParameterAnswers.sentence unit answer))

        let times = TimeAnswers.ofReading summary attempts reading

        Verdict(
            headline summary unit reading top,
            Array.ofList (support summary reading top),
            Array.ofList contenders,
            max 0 (best.Length - listed),
            Array.ofList (answers @ times),
            Array.ofList (warnings summary (Some reading))
        )
