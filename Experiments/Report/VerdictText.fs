/// What won and how sure that is, in sentences.
module Orchestrator.Experiments.Report.VerdictText

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model
open Orchestrator.Experiments.Report.VerdictWarnings

/// The members of the best set that the verdict names; the leaderboard marks them all.
let private listed = 8

let private label (summary: Summary) (standing: Standing) =
    Summary.label summary standing.Configuration

// Within a data set its name tells nothing.
let private within (summary: Summary) (standing: Standing) =
    Labels.configuration summary.Names standing.Configuration.Parameters

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
let private lead summary (reading: Reading) =
    reading.Standings
    |> List.tryPick (fun standing ->
        match standing.Comparison with
        | Comparison.Behind(difference, _) when standing.Rank = 2 ->
            let who =
                if reading.Standings.Length = 2 then
                    within summary standing
                else
                    $"the next, {within summary standing},"

            Some $", ahead of {who} by {Numbers.withUncertainty difference.Mean difference.Half}"
        | _ -> None)
    |> Option.defaultValue ""

let private only summary unit (reading: Reading) =
    reading.Standings
    |> List.tryPick (fun standing ->
        match standing.Comparison with
        | Comparison.Indistinct(difference, _) ->
            Some
                $", but {within summary standing} cannot be told apart from it (difference {Numbers.withUncertainty -difference.Mean difference.Half}{Labels.after unit})"
        | _ -> None)
    |> Option.defaultValue ""

let private outcome summary unit (reading: Reading) (top: Standing) =
    let others = reading.Standings.Length - 1
    let best = reading.Standings |> List.filter _.InBestSet |> List.length
    let name = within summary top

    if others = 0 then
        $"{name} reaches {figure unit top}"
    elif not reading.IsTested then
        $"{name} leads with {figure unit top}"
    elif best = 1 then
        let ahead = if summary.Data.Length > 1 then "" else lead summary reading

        $"{name} wins with {figure unit top}{ahead}"
    elif others = 1 then
        $"{name} leads with {figure unit top}{only summary unit reading}"
    elif best = others + 1 then
        $"{name} leads with {figure unit top}, but nothing sets it apart from the others"
    else
        $"{name} leads with {figure unit top}; {Numbers.count (best - 1)} of {Numbers.others others} cannot be told apart from it"

/// The leaderboards of the data sets that have a top.
let private contests summary reading =
    Summary.byData summary reading
    |> List.choose (fun (data, own) -> own.Top |> Option.map (fun top -> data, own, top))

let private headline summary unit contests =
    let running, pending = unfinished summary

    let said =
        match contests with
        | [ _, own, top ] -> outcome summary unit own top
        | several ->
            several
            |> List.map (fun (data, own, top) -> $"on {data}, {outcome summary unit own top}")
            |> String.concat "; "

    let said =
        if running + pending > 0 then
            $"So far, {said}"
        elif said.StartsWith("the only", System.StringComparison.Ordinal) then
            Labels.capital said
        else
            said

    (if List.length contests > 1 then
         Labels.capital said
     else
         said)
    + "."

let private following (summary: Summary) =
    match summary.Following with
    | [] -> []
    | _ when summary.Names.IsEmpty -> []
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

let private howSure (summary: Summary) (reading: Reading) (top: Standing) = [
    let objective = summary.Sweep.Objective.Metric
    let seeds = top.Estimate.Count
    let others = reading.Standings.Length - 1

    if seeds = 1 then
        $"{Labels.capital (Labels.metric objective)} at {Labels.reading reading.Epoch}. One seed: no interval, and nothing says how the order would change with another."
    else
        $"Mean {Labels.metric objective} at {Labels.reading reading.Epoch} over {Numbers.seeds seeds}, with the 95 %% interval."

    if reading.IsTested then
        let behind =
            others + 1 - (reading.Standings |> List.filter _.InBestSet |> List.length)

        let behind =
            behind
            - (reading.Standings
               |> List.filter (fun standing -> standing.Comparison.IsUntested)
               |> List.length)

        if behind > 0 then
            $"{Numbers.count behind} of {Numbers.configurations (others + 1)} {isOrAre behind} behind at the 5 %% level: paired over seeds, corrected for {Numbers.comparisons others} (Holm)."
        else
            $"No configuration is behind at the 5 %% level: paired over seeds, corrected for {Numbers.comparisons others} (Holm)."

        if seeds < 4 && others > 1 then
            $"With {Numbers.seeds seeds} such a test has little power; more seeds would separate more configurations."
]

let private support summary contests =
    (match contests with
     | [ _, own, top ] -> howSure summary own top
     | several -> [
         "Each data set is ranked by itself: their figures have no common scale."
         for data, own, top in several do
             let sentences = howSure summary own top |> String.concat " "
             $"On {data}: {sentences}"
       ])
    @ following summary

// The answers of figures, then those of time, each of all data sets together.
let private answers unit attempts summary contests =
    let figures own =
        ParameterAnswers.ofReading summary own
        |> List.map (fun answer -> ParameterAnswer(answer.Parameter, ParameterAnswers.sentence unit answer))

    [ figures; TimeAnswers.ofReading summary attempts ]
    |> List.collect (fun ofReading ->
        contests
        |> List.collect (fun (data, own, _) ->
            ofReading own
            |> List.map (fun answer -> answer.Parameter, (data, answer.Sentence))))
    |> List.groupBy fst
    |> List.map (fun (parameter, said) ->
        match contests, said with
        | [ _ ], [ _, (_, sentence) ] -> ParameterAnswer(parameter, sentence)
        | _, said ->
            let sentences =
                said |> List.map (fun (_, (data, sentence)) -> $"On {data}, {sentence}")

            ParameterAnswer(parameter, String.concat " " sentences))

/// The verdict at the last reading that has a figure.
let build (unit: string) (attempts: AttemptRecord list) (summary: Summary) : Verdict =
    let reading =
        summary.Readings
        |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)

    let contests = reading |> Option.map (contests summary) |> Option.defaultValue []

    match reading, contests with
    | None, _
    | _, [] ->
        Verdict(
            nothing summary,
            [||],
            [||],
            0,
            [||],
            Array.ofList (VerdictWarnings.build unit summary (List.tryLast summary.Readings))
        )
    | Some reading, _ ->
        let best =
            contests
            |> List.collect (fun (_, own, top) ->
                top
                :: (own.Standings
                    |> List.filter (fun s -> s.InBestSet && s.Comparison <> Comparison.Top)))

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

        Verdict(
            headline summary unit contests,
            Array.ofList (support summary contests),
            Array.ofList contenders,
            max 0 (best.Length - listed),
            Array.ofList (answers unit attempts summary contests),
            Array.ofList (VerdictWarnings.build unit summary (Some reading))
        )
