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

let private note (names: string list) places (found: Importance.Decomposition) =
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

let private table (summary: Summary) (data: string) (reading: Reading) =
    if reading.Standings.IsEmpty || summary.Names.Length < 2 then
        None
    else
        let places =
            summary.Names
            |> List.map (fun name -> name, EffectTables.orderedValues summary name)
            |> Map.ofList

        let sizes =
            summary.Names
            |> List.map (fun name -> (Map.find name places).Length)
            |> Array.ofList

        match Importance.decompose sizes (cells summary.Names places reading) with
        | None -> None
        | Some found ->
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
                note summary.Names places found
                + (match small.Length with
                   | 0 -> ""
                   | 1 -> " Not listed: one pair below 0.5 %."
                   | many -> $" Not listed: {many} pairs below 0.5 %%.")
            )
            |> Some

/// A table for each data set, where two parameters or more vary over a grid.
let build (summary: Summary) : Importances list =
    match
        summary.Readings
        |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)
    with
    | None -> []
    | Some reading ->
        Summary.byData summary reading
        |> List.choose (fun (data, own) -> table summary data own)
