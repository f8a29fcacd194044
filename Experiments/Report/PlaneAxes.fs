/// Any two measures against each other.
module Orchestrator.Experiments.Report.PlaneAxes

open Orchestrator.Report.Model

// What has no value anywhere is no choice.
let private measured (summary: Summary) (measure: Measure) =
    summary.Readings
    |> List.exists (fun reading ->
        reading.Standings
        |> List.exists (fun standing -> (measure.At standing.Configuration reading.Epoch).IsSome))

/// The measures that an axis can show.
let choices (summary: Summary) (measures: Measure list) =
    measures |> List.filter (measured summary)

/// The section, where two configurations were measured.
let build (summary: Summary) (choices: Measure list) : Plane | null =
    let part = summary.Sweep.Objective.Metric.Split('/')[0]

    let has name =
        choices |> List.exists (fun measure -> measure.Name = name)

    let rate, distortion = $"{part}/kl", $"{part}/reconstruction"

    let several =
        summary.Readings |> List.exists (fun reading -> reading.Standings.Length > 1)

    let plane across up caption =
        Plane([| for measure in choices -> PlaneMeasure(measure.Name, measure.Label) |], across, up, caption)

    if not several || choices.Length < 2 then
        null
    elif has rate && has distortion then
        plane
            rate
            distortion
            ("Rate and distortion at first: what the code costs (KL) against what it loses (reconstruction). "
             + "Along a diagonal the evidence lower bound is the same. Any two measures can be chosen, time and size too.")
    else
        let objective = summary.Sweep.Objective.Metric

        match choices |> List.tryFind (fun measure -> measure.Name <> objective) with
        | Some _ when has "time" && has objective ->
            plane "time" objective "What a trial takes against what it gives. Any two measures can be chosen."
        | Some other when has objective -> plane other.Name objective "Any two measures can be chosen."
        | _ -> plane choices[0].Name choices[1].Name "Any two measures can be chosen."
