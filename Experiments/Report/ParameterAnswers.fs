/// One answer per parameter: its values compared where everything else is equal, paired over seeds.
module Orchestrator.Experiments.Report.ParameterAnswers

open Orchestrator.Experiments.Report.Statistics

/// Two values of a parameter. A positive difference means that the first is better.
type Contrast = {
    Better: string
    Worse: string
    Difference: Estimate
    /// Holm-corrected within the parameter; None where one seed is all there is.
    Probability: float option
}

/// What the data say of one parameter.
type Answer = {
    Parameter: string
    Contrasts: Contrast list
}

let private read (standing: Standing) name =
    Labels.value standing.Configuration.Parameters name

/// Whether two configurations have the same value of every one of these that both read.
let private meet names (first: Standing) (second: Standing) =
    names
    |> List.forall (fun name ->
        let reads (standing: Standing) =
            standing.Configuration.Parameters.Contains name

        not (reads first && reads second) || read first name = read second name)

// Parameters that change only together with this one cannot be told from it, and are no condition to be equal.
let private bound (standings: Standing list) name other =
    let pairs =
        standings
        |> List.map (fun standing -> read standing name, read standing other)
        |> List.distinct

    let distinct choose =
        pairs |> List.map choose |> List.distinct |> List.length

    pairs.Length = distinct fst && pairs.Length = distinct snd

// Per seed, the mean difference over all settings of the other parameters that both values have:
// the seeds are the independent repetitions, the settings are not.
let private difference direction conditions name (standings: Standing list) first second =
    let having value =
        standings |> List.filter (fun standing -> read standing name = value)

    [
        for standing, other in List.allPairs (having first) (having second) do
            if meet conditions standing other then
                for KeyValue(seed, value) in standing.Values do
                    match Map.tryFind seed other.Values with
                    | Some otherValue -> seed, Summary.orient direction (otherValue - value)
                    | None -> ()
    ]
    |> List.groupBy fst
    |> List.map (fun (_, differences) -> differences |> List.averageBy snd)
    |> estimate

let private best direction name (standings: Standing list) value =
    standings
    |> List.filter (fun standing -> read standing name = value)
    |> List.averageBy (fun standing -> Summary.orient direction standing.Estimate.Mean)

let private corrected contrasts =
    contrasts
    |> List.choose (fun (other, difference) -> probability difference |> Option.map (fun p -> other, p))
    |> fun tested -> List.zip (List.map fst tested) (holm (List.map snd tested))
    |> Map.ofList

let private answer direction names (standings: Standing list) (group: string list) =
    let name = group.Head

    // What does not read the parameter has no value of it to compare.
    let standings =
        standings
        |> List.filter (fun standing -> standing.Configuration.Parameters.Contains name)

    let conditions = List.except group names

    let values =
        standings
        |> List.map (fun standing -> read standing name)
        |> List.distinct
        |> List.sortBy (best direction name standings)

    let shown value =
        match group with
        | [ _ ] -> value
        | together ->
            standings
            |> List.find (fun standing -> read standing name = value)
            |> fun standing -> Labels.configuration together standing.Configuration.Parameters

    match values with
    | []
    | [ _ ] -> None
    | first :: rest ->
        let contrasts =
            rest
            |> List.choose (fun other ->
                difference direction conditions name standings first other
                |> Option.map (fun difference -> other, difference))

        let adjusted = corrected contrasts

        match contrasts with
        | [] -> None
        | _ ->
            Some {
                Parameter = String.concat " and " group
                Contrasts =
                    contrasts
                    |> List.map (fun (other, difference) -> {
                        Better = shown first
                        Worse = shown other
                        Difference = difference
                        Probability = Map.tryFind other adjusted
                    })
            }

// Each parameter with those that change only together with it.
let private groups (standings: Standing list) names =
    names
    |> List.fold
        (fun (groups: string list list) name ->
            match groups |> List.tryFindIndex (fun group -> bound standings group.Head name) with
            | Some place -> List.updateAt place (groups[place] @ [ name ]) groups
            | None -> groups @ [ [ name ] ])
        []

/// The answers at the reading of one data set, for parameters whose values meet under equal conditions.
let ofReading (summary: Summary) (reading: Reading) =
    groups reading.Standings summary.Names
    |> List.choose (answer summary.Sweep.Objective.Direction summary.Names reading.Standings)

let private clear (contrast: Contrast) =
    match contrast.Probability with
    | Some p -> p < 1.0 - level && contrast.Difference.Mean > 0.0
    | None -> false

/// The answer in one sentence.
let sentence unit (answer: Answer) =
    let show (contrast: Contrast) =
        $"{contrast.Worse} by {Numbers.withUncertainty contrast.Difference.Mean contrast.Difference.Half}"

    let better = answer.Contrasts.Head.Better
    let unit = Labels.after unit

    if answer.Contrasts |> List.forall (fun contrast -> contrast.Probability.IsNone) then
        let by (contrast: Contrast) =
            Numbers.significant 2 (abs contrast.Difference.Mean)

        // What is best on average over everything need not be ahead where values meet under equal conditions.
        let behind, ahead =
            answer.Contrasts
            |> List.partition (fun contrast -> contrast.Difference.Mean >= 0.0)

        let leads =
            match behind with
            | [] -> []
            | _ ->
                let shown =
                    behind |> List.map (fun contrast -> $"{contrast.Worse} by {by contrast}")

                [ $"{better} is ahead of {Labels.sequence shown}{unit}" ]

        let lags =
            ahead
            |> List.map (fun contrast -> $"{contrast.Worse} is ahead of {better} by {by contrast}{unit}")

        let all = String.concat ", " (leads @ lags)
        $"{all}; one seed, so this is no test."
    else
        let beaten, indistinct = answer.Contrasts |> List.partition clear
        let names = indistinct |> List.map _.Worse

        let apart =
            match indistinct with
            | [ one ] ->
                $"{better} and {one.Worse} cannot be told apart (difference {Numbers.withUncertainty one.Difference.Mean one.Difference.Half}{unit})."
            | _ -> $"{Labels.sequence (better :: names)} cannot be told apart."

        match beaten, names with
        | beaten, [] -> $"{better} beats {Labels.sequence (List.map show beaten)}{unit}."
        | [], _ -> apart
        | beaten, _ -> $"{better} beats {Labels.sequence (List.map show beaten)}{unit}; {apart}"
