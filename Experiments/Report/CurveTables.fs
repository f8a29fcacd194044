/// The figures of every epoch.
module Orchestrator.Experiments.Report.CurveTables

open Orchestrator.Report.Model

/// Chosen epochs of a table that must stay readable.
let private columns = 8
let private rows = 60

/// At most so many of the items, evenly spread, ends included.
let spread count (items: 'a list) =
    if items.Length <= count then
        items
    else
        let array = Array.ofList items

        [ for i in 0 .. count - 1 -> array[i * (array.Length - 1) / (count - 1)] ]
        |> List.distinct

/// The configurations in the order of the last reading, the unmeasured ones behind.
let inOrder (summary: Summary) =
    match
        summary.Readings
        |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)
    with
    | Some reading -> (reading.Standings |> List.map _.Configuration) @ reading.Unmeasured
    | None -> summary.Configurations

/// The section, where anything was measured.
let build (summary: Summary) : Curves | null =
    let metrics = Figures.metrics summary.Figures
    let objective = summary.Sweep.Objective.Metric

    let chosen =
        if List.contains objective metrics then
            Some objective
        else
            List.tryHead metrics

    match chosen with
    | None -> null
    | Some chosen ->
        let epochs =
            summary.Configurations
            |> List.collect _.Trials
            |> List.collect (fun trial -> Figures.curve summary.Figures trial.Id chosen |> List.map fst)
            |> List.distinct
            |> List.sort
            |> spread columns

        let value configuration epoch =
            match Summary.metricAt summary.Figures chosen epoch configuration with
            | Some estimate -> Numbers.withUncertainty estimate.Mean estimate.Half
            | None -> "–"

        let configurations = inOrder summary

        let left =
            if configurations.Length > rows then
                $"; the first {rows} configurations by rank"
            else
                ""

        Curves(
            [|
                for name in metrics -> CurveMetric(name, Labels.metric name, (name = chosen))
            |],
            [| for epoch in epochs -> Labels.reading epoch |],
            [|
                for index, configuration in configurations |> List.truncate rows |> List.indexed ->
                    CurveRow(
                        index,
                        Summary.label summary configuration,
                        [| for epoch in epochs -> value configuration epoch |]
                    )
            |],
            $"{Labels.metric chosen}, mean and 95 %% interval over seeds{left}"
        )
