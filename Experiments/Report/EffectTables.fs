/// What each parameter does: the objective at each of its values.
module Orchestrator.Experiments.Report.EffectTables

open Orchestrator.Core.Contracts
open Orchestrator.Report.Model

/// The values of a parameter in the order in which people expect them: numbers by size, words as they came.
let orderedValues (summary: Summary) name =
    summary.Configurations
    |> List.map (fun configuration ->
        Labels.value configuration.Parameters name, Labels.number configuration.Parameters name)
    |> List.distinctBy fst
    |> List.sortBy (fun (text, number) -> Option.isNone number, Option.defaultValue 0.0 number, text)
    |> List.map fst

let private effect (summary: Summary) (reading: Reading) (sentences: Map<string, string>) name =
    let rows =
        List.allPairs (Summary.byData summary reading) (orderedValues summary name)
        |> List.choose (fun ((data, reading), value) ->
            let means =
                reading.Standings
                |> List.filter (fun standing -> Labels.value standing.Configuration.Parameters name = value)
                |> List.map _.Estimate.Mean

            let value =
                if summary.Data.Length > 1 then
                    $"{value}, {data}"
                else
                    value

            match means with
            | [] -> None
            | means ->
                let best = means |> List.minBy (Summary.orient summary.Sweep.Objective.Direction)

                EffectRow(value, string means.Length, Numbers.plain (List.average means), Numbers.plain best)
                |> Some)

    ParameterEffect(name, Map.tryFind name sentences |> Option.defaultValue "", Array.ofList rows)

/// The section, where at least one parameter varies and something is measured.
let build unit (answers: ParameterAnswer seq) (summary: Summary) : Effects | null =
    let measured =
        summary.Readings
        |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)

    match measured, summary.Names with
    | Some reading, (_ :: _ as names) ->
        let sentences =
            answers
            |> Seq.map (fun answer -> answer.Parameter, answer.Sentence)
            |> Map.ofSeq

        let objective = Labels.capital (Labels.metric summary.Sweep.Objective.Metric)

        Effects(
            (if unit = "" then objective else $"{objective} ({unit})"),
            Labels.reading reading.Epoch,
            [| for name in names -> effect summary reading sentences name |],
            "Each answer compares two values where all other parameters that both models read are equal: per seed, the mean difference over those settings; "
            + "then Student's t over seeds, Holm-corrected within the parameter."
        )
    | _ -> null
