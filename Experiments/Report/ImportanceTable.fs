/// The importance of parameters as people read it.
module Orchestrator.Experiments.Report.ImportanceTable

open System.Globalization
open Orchestrator.Report.Model

/// Shares below this are one line.
let private least = 0.005

let private percent (share: float) =
    if share < 0.001 then
        "< 0.1 %"
    else
        $"{Numbers.fixedTo 1 (100.0 * share)} %%"

let private coordinate (share: float) =
    (100.0 * share).ToString("F1", CultureInfo.InvariantCulture)

let private row label (share: Importance.Share) =
    let interval =
        match share.Interval with
        | None -> "–"
        | Some(low, high) -> $"{Numbers.fixedTo 1 (100.0 * low)} to {Numbers.fixedTo 1 (100.0 * high)} %%"

    let low, high = share.Interval |> Option.defaultValue (share.Share, share.Share)
    ImportanceRow(label, percent share.Share, interval, coordinate share.Share, coordinate low, coordinate high)

let private cells (names: string list) places (reading: Reading) =
    reading.Standings
    |> List.map (fun standing -> {
        Importance.Places =
            names
            |> List.map (fun name ->
                Map.find name places
                |> List.findIndex ((=) (Labels.value standing.Configuration.Parameters name)))
            |> Array.ofList
        Importance.Values = standing.Values
    })

let private gridNote (names: string list) places (found: Importance.Decomposition) =
    let left =
        found.LeftOut
        |> List.map (fun (axis, value) -> $"{names[axis]} {List.item value (Map.find names[axis] places)}")

    let seeds =
        if found.Rest.Interval.IsSome then
            " The intervals hold the middle 95 % of 1,000 bootstrap draws of the seeds, the same draw for all configurations."
        else
            " With one seed there is no interval."

    let grid =
        match left with
        | [] -> $"over all {Numbers.configurations found.Cells}"
        | left ->
            $"over {Numbers.configurations found.Cells}, the part of the grid that was measured in full; without {Labels.sequence left}"

    $"Functional analysis of variance of the means over seeds, {grid}: what a parameter explains by itself, "
    + $"and what a pair explains beyond its two parameters. The noise of the seeds is part of every share.{seeds}"

let private forestNote (found: Importance.Decomposition) =
    $"Functional analysis of variance of a random forest fitted to {Numbers.configurations found.Cells}, which are a sample "
    + "and no grid: what a parameter explains by itself of what the forest predicts over the ranges that were tried, and what "
    + "a pair explains beyond its two parameters. The intervals hold the middle 95 % of its 64 trees, each grown on a "
    + "bootstrap draw of the configurations. Few configurations make them wide."

// Numbers of this many values are a range that was sampled; they keep their distances, on a log scale where they reach
// over more than a decade and a half. Anything else takes equal steps.
let private fewest = 9
let private wide = 30.0

let private along (values: string list) (numbers: float option list) =
    let known = List.choose id numbers

    if known.Length = numbers.Length && values.Length >= fewest then
        let scale =
            if List.min known > 0.0 && List.max known / List.min known > wide then
                log
            else
                id

        let low, high = scale (List.min known), scale (List.max known)
        fun _ number -> number |> Option.map (fun number -> (scale number - low) / (high - low))
    else
        fun place _ -> Some((float place + 0.5) / float values.Length)

let private points (names: string list) places (reading: Reading) =
    let axes =
        names
        |> List.map (fun name ->
            let numbers =
                reading.Standings
                |> List.map (fun standing -> Labels.number standing.Configuration.Parameters name)

            let values: string list = Map.find name places
            name, values, along values numbers)

    reading.Standings
    |> List.map (fun standing ->
        let parameters = standing.Configuration.Parameters

        {
            ForestImportance.At =
                axes
                |> List.map (fun (name, values, place) ->
                    let index = values |> List.findIndex ((=) (Labels.value parameters name))
                    place index (Labels.number parameters name) |> Option.defaultValue 0.5)
                |> Array.ofList
            ForestImportance.Figure = standing.Estimate.Mean
        })
    |> Array.ofList

/// The grid in full where half of the configurations or more stand in it, and a forest where they are a sample.
let private decomposition (names: string list) places (reading: Reading) =
    let sizes =
        names
        |> List.map (fun name -> List.length (Map.find name places))
        |> Array.ofList

    let grid = Importance.decompose sizes (cells names places reading)

    let sampled () =
        ForestImportance.decompose (points names places reading)

    match grid with
    | Some found when 2 * found.Cells >= reading.Standings.Length -> Some(found, gridNote names places found)
    | _ ->
        match sampled (), grid with
        | Some found, _ -> Some(found, forestNote found)
        | None, Some found -> Some(found, gridNote names places found)
        | None, None -> None

let private smallOnes =
    function
    | 0 -> ""
    | 1 -> " Not listed: one pair below 0.5 %."
    | many -> $" Not listed: {many} pairs below 0.5 %%."

let private table (summary: Summary) (data: string) (reading: Reading) =
    if reading.Standings.IsEmpty || summary.Names.Length < 2 then
        None
    else
        let places =
            summary.Names
            |> List.map (fun name -> name, EffectTables.orderedValues summary name)
            |> Map.ofList

        decomposition summary.Names places reading
        |> Option.map (fun (found, note) ->
            let label axes =
                axes
                |> List.map (fun axis -> List.item axis summary.Names)
                |> String.concat " × "

            let shown, small =
                found.Shares
                |> List.partition (fun share -> share.Axes.Length = 1 || share.Share >= least)

            Importances(
                (if summary.Data.Length > 1 then data else ""),
                [|
                    for share in shown do
                        row (label share.Axes) share
                    if summary.Names.Length > 2 then
                        row "three or more together" found.Rest
                |],
                note + smallOnes small.Length
            ))

/// A table for each data set, where two parameters or more vary.
let build (summary: Summary) : Importances list =
    match
        summary.Readings
        |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)
    with
    | None -> []
    | Some reading ->
        Summary.byData summary reading
        |> List.choose (fun (data, own) -> table summary data own)
