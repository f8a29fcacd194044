/// One answer per parameter: its values compared where everything else is equal, paired over seeds.
module Orchestrator.Experiments.Report.ParameterAnswers

open Orchestrator.Core.Contracts
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

// Per seed, the mean difference over all settings of the other parameters that both values have:
// the seeds are the independent repetitions, the settings are not.
let private difference direction names name (standings: Standing list) first second =
    let others (standing: Standing) =
        names
        |> List.filter ((<>) name)
        |> List.map (Labels.value standing.Configuration.Varied)

    let having value =
        standings
        |> List.filter (fun standing -> Labels.value standing.Configuration.Varied name = value)
        |> List.map (fun standing -> others standing, standing)
        |> Map.ofList

    let seconds = having second

    [
        for KeyValue(setting, standing) in having first do
            match Map.tryFind setting seconds with
            | None -> ()
            | Some other ->
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
    |> List.filter (fun standing -> Labels.value standing.Configuration.Varied name = value)
    |> List.averageBy (fun standing -> Summary.orient direction standing.Estimate.Mean)

let private answer direction names (standings: Standing list) name =
    let values =
        standings
        |> List.map (fun standing -> Labels.value standing.Configuration.Varied name)
        |> List.distinct
        |> List.sortBy (best direction name standings)

    match values with
    | []
    | [ _ ] -> None
    | first :: rest ->
        let contrasts =
            rest
            |> List.choose (fun other ->
                difference direction names name standings first other
                |> Option.map (fun difference -> other, difference))

        let adjusted =
            contrasts
            |> List.choose (fun (other, difference) -> probability difference |> Option.map (fun p -> other, p))
            |> fun tested -> List.zip (List.map fst tested) (holm (List.map snd tested))
            |> Map.ofList

        match contrasts with
        | [] -> None
        | _ ->
            Some {
                Parameter = name
                Contrasts =
                    contrasts
                    |> List.map (fun (other, difference) -> {
                        Better = first
                        Worse = other
                        Difference = difference
                        Probability = Map.tryFind other adjusted
                    })
            }

/// The answers at one reading, for parameters whose values meet under equal conditions.
let ofReading (summary: Summary) (reading: Reading) =
    summary.Names
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
        let shown =
            answer.Contrasts
            |> List.map (fun contrast -> $"{contrast.Worse} by {Numbers.significant 2 contrast.Difference.Mean}")

        $"{better} is ahead of {Labels.sequence shown}{unit}; one seed, so this is no test."
    else
        let beaten, indistinct = answer.Contrasts |> List.partition clear
        let names = indistinct |> List.map _.Worse

        match beaten, names with
        | beaten, [] -> $"{better} beats {Labels.sequence (List.map show beaten)}{unit}."
        | [], names -> $"{Labels.sequence (better :: names)} cannot be told apart."
        | beaten, names ->
            $"{better} beats {Labels.sequence (List.map show beaten)}{unit}; "
            + $"{Labels.sequence (better :: names)} cannot be told apart."
