/// The configurations in order, at each reading.
module Orchestrator.Experiments.Report.LeaderboardTable

open System
open Orchestrator.Core.Contracts
open Orchestrator.Report.Model

let private cell text (sort: float option) = Cell(text, Option.toNullable sort)

/// Further metrics that stand beside the objective: of the same part of the data, a reading each.
let private companions (summary: Summary) =
    let objective = summary.Sweep.Objective.Metric
    let part = objective.Split('/')[0]

    [ "elbo"; "reconstruction"; "kl"; "mse"; "active_units" ]
    |> List.map (fun quantity -> $"{part}/{quantity}")
    |> List.filter (fun name -> name <> objective && List.contains name (Figures.metrics summary.Figures))

let private ends (standing: Standing) =
    let half = standing.Estimate.Half |> Option.defaultValue 0.0
    standing.Estimate.Mean - half, standing.Estimate.Mean + half

// Few seeds make huge intervals: the drawing spans the means with room, and cuts what reaches beyond.
let private scale (standings: Standing list) =
    let means = standings |> List.map _.Estimate.Mean
    let low, high = List.min means, List.max means
    let room = max (0.25 * (high - low)) (1e-9 + 1e-6 * abs low)
    let low = max (low - room) (standings |> List.map (ends >> fst) |> List.min)
    let high = min (high + room) (standings |> List.map (ends >> snd) |> List.max)
    let width = if high > low then high - low else 1.0
    fun value -> 4.0 + 92.0 * Math.Clamp((value - low) / width, 0.0, 1.0)

let private bar place standing =
    let low, high = ends standing

    let coordinate value =
        (place value: float).ToString("F1", Globalization.CultureInfo.InvariantCulture)

    IntervalBar(coordinate low, coordinate standing.Estimate.Mean, coordinate high)

/// Points of a line 60 wide and 16 high, thinned to what that can show.
let private spark (curve: (int * float) list) =
    if curve.Length < 3 then
        ""
    else
        let every = max 1 (curve.Length / 30)

        let kept =
            curve
            |> List.indexed
            |> List.filter (fun (i, _) -> i % every = 0 || i = curve.Length - 1)
            |> List.map snd

        let low, high = kept |> List.map snd |> List.min, kept |> List.map snd |> List.max
        let first, last = fst kept.Head, fst (List.last kept)

        let text (value: float) =
            value.ToString("0.#", Globalization.CultureInfo.InvariantCulture)

        let height = if high > low then high - low else 1.0

        kept
        |> List.map (fun (epoch, value) ->
            let x = 60.0 * float (epoch - first) / float (last - first)
            let y = 14.5 - 13.0 * (value - low) / height
            $"{text x},{text y}")
        |> String.concat " "

let private trouble (configuration: Configuration) =
    [
        if configuration.Diverged > 0 then
            $"{configuration.Diverged} diverged"
        if configuration.Failed > 0 then
            $"{configuration.Failed} failed"
        if Summary.pruned configuration > 0 then
            $"{Summary.pruned configuration} pruned"
        match configuration.Trials |> List.filter _.StoppedEarly with
        | [] -> ()
        | stopped ->
            let epochs =
                stopped
                |> List.map _.EpochsDone
                |> List.distinct
                |> List.sort
                |> List.map string

            $"""{stopped.Length} stopped early at epoch {String.concat ", " epochs}"""
    ]
    |> String.concat ", "

/// How far behind the top, and the corrected probability of a difference like this by chance.
let private gap (standing: Standing) =
    let difference (estimate: Statistics.Estimate) =
        cell (Numbers.withUncertainty estimate.Mean estimate.Half) (Some estimate.Mean)

    match standing.Comparison with
    | Comparison.Top -> cell "top" (Some 0.0), cell "" None
    | Comparison.Indistinct(estimate, p)
    | Comparison.Behind(estimate, p) -> difference estimate, cell (Numbers.probability p) (Some p)
    | Comparison.Untested(Some estimate) -> cell (Numbers.plain estimate.Mean) (Some estimate.Mean), cell "no test" None
    | Comparison.Untested None -> cell "–" None, cell "no common seed" None

let private values (summary: Summary) (configuration: Configuration) = [|
    for name in Summary.columns summary ->
        cell (Labels.value configuration.Parameters name) (Labels.number configuration.Parameters name)
|]

let private row (summary: Summary) companions place sparks epoch (standing: Standing) =
    let configuration = standing.Configuration
    let behind, chance = gap standing

    let figure name =
        match Summary.metricAt summary.Figures name epoch configuration with
        | Some estimate -> cell (Numbers.plain estimate.Mean) (Some estimate.Mean)
        | None -> cell "–" None

    LeaderboardRow(
        configuration.Id,
        cell (string standing.Rank) (Some(float standing.Rank)),
        Summary.label summary configuration,
        values summary configuration,
        cell (Numbers.withUncertainty standing.Estimate.Mean standing.Estimate.Half) (Some standing.Estimate.Mean),
        bar place standing,
        cell $"{standing.Estimate.Count}/{configuration.Trials.Length}" (Some(float standing.Estimate.Count)),
        trouble configuration,
        [| for name in companions -> figure name |],
        behind,
        chance,
        standing.InBestSet,
        (if sparks then

             Summary.curve summary.Figures summary.Sweep.Objective.Metric configuration
             |> List.map (fun (epoch, estimate) -> epoch, estimate.Mean)
             |> spark
         else
             "")
    )

let private emptyRow summary companions (configuration: Configuration) =
    LeaderboardRow(
        configuration.Id,
        cell "–" None,
        Summary.label summary configuration,
        values summary configuration,
        cell "no figure" None,
        null,
        cell $"0/{configuration.Trials.Length}" (Some 0.0),
        trouble configuration,
        [| for _ in companions -> cell "–" None |],
        cell "–" None,
        cell "" None,
        false,
        ""
    )

let private table summary companions last (reading: Reading) =
    // Each data set has a scale of its own.
    let places =
        Summary.byData summary reading
        |> List.filter (fun (_, own) -> not own.Standings.IsEmpty)
        |> List.map (fun (data, own) -> data, scale own.Standings)
        |> Map.ofList

    let place (standing: Standing) =
        Map.find standing.Configuration.Data places

    LeaderboardReading(
        reading.Epoch,
        Labels.reading reading.Epoch,
        [|
            for standing in reading.Standings ->
                row summary companions (place standing) (reading.Epoch = last) reading.Epoch standing
            for configuration in reading.Unmeasured -> emptyRow summary companions configuration
        |]
    )

let private method (summary: Summary) =
    let direction =
        match summary.Sweep.Objective.Direction with
        | MetricDirection.Minimize -> "less is better"
        | _ -> "more is better"

    $"Ordered by the mean of {Labels.metric summary.Sweep.Objective.Metric} over seeds; {direction}. "
    + "Intervals: Student's t, 95 %. The p column holds the probability of such a difference by chance. A coloured edge marks each member of the best set: the top and the configurations "
    + "whose difference from it, paired over seeds, is not significant at 5 % after Holm's correction. "
    + (if summary.Data.Length > 1 then
           "Each data set is ranked and tested by itself. "
       else
           "")
    + "Failed, diverged and pruned trials enter no mean and are counted beside the seeds. The drawing cuts intervals that reach far beyond the means."

/// The leaderboard of every reading.
let build unit (summary: Summary) : Leaderboard =
    let last =
        summary.Readings |> List.tryLast |> Option.map _.Epoch |> Option.defaultValue 0

    let companions = companions summary
    let heading = Labels.brief summary.Sweep.Objective.Metric

    Leaderboard(
        Array.ofList (Summary.columns summary),
        (if unit = "" then heading else $"{heading}, {unit}"),
        [| for name in companions -> Labels.quantityOf name |],
        [| for reading in summary.Readings -> table summary companions last reading |],
        method summary
    )
