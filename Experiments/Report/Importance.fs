/// How much of the spread between configurations each parameter and each pair of parameters explains.
/// Hutter, F., Hoos, H. and Leyton-Brown, K. (2014), An efficient approach for assessing hyperparameter importance;
/// here without a surrogate model, over a grid that was measured in full.
module Orchestrator.Experiments.Report.Importance

open System

/// A measured configuration: the place of its value on each axis, and its figure for each seed.
type Cell = {
    Places: int array
    Values: Map<uint64, float>
}

/// The part of the variance that belongs to these axes together, and to no fewer of them.
type Share = {
    Axes: int list
    Share: float
    /// Least and greatest of the middle 95 % of the bootstrap, over seeds or over trees; None with one seed on a grid.
    Interval: (float * float) option
}

/// The decomposition of the variance between configurations.
type Decomposition = {
    /// Single axes and pairs, the greatest first.
    Shares: Share list
    /// What only three or more axes together explain.
    Rest: Share
    /// The values that were left out of each axis, so that every combination of the others is measured.
    LeftOut: (int * int) list
    Cells: int
}

let private replicates = 1000

/// A grid with more combinations than this for each measured one is a random sample, not a grid.
let private sparsest = 20L

let private product (kept: int list array) =
    kept |> Array.fold (fun cells values -> cells * int64 values.Length) 1L

// The value that the fewest of its combinations were measured for goes first.
let private emptiest (cells: Cell list) (kept: int list array) =
    [
        for axis in 0 .. kept.Length - 1 do
            if kept[axis].Length > 1 then
                let combinations = product kept / int64 kept[axis].Length

                for value in kept[axis] do
                    let measured = cells |> List.filter (fun cell -> cell.Places[axis] = value)
                    float measured.Length / float combinations, axis, value
    ]
    |> List.min

let rec private complete (cells: Cell list) (kept: int list array) leftOut =
    let inside =
        cells
        |> List.filter (fun cell -> Seq.forall2 (fun place values -> List.contains place values) cell.Places kept)

    if int64 inside.Length = product kept then
        inside, kept, List.rev leftOut
    else
        let _, axis, value = emptiest inside kept
        let smaller = Array.copy kept
        smaller[axis] <- List.except [ value ] kept[axis]
        complete inside smaller ((axis, value) :: leftOut)

/// For each cell its place among the combinations of some axes, and how many of these there are.
let private grouping (kept: int list array) (cells: Cell array) axes =
    let place (cell: Cell) =
        axes
        |> List.fold (fun place axis -> place * kept[axis].Length + List.findIndex ((=) cell.Places[axis]) kept[axis]) 0

    Array.map place cells, axes |> List.fold (fun count axis -> count * kept[axis].Length) 1

let private marginal (figures: float array) (places: int array, count) =
    let sums = Array.zeroCreate<float> count

    places
    |> Array.iteri (fun cell place -> sums[place] <- sums[place] + figures[cell])

    sums |> Array.map (fun sum -> sum * float count / float figures.Length)

let private variance (values: float array) =
    let mean = Array.average values
    values |> Array.averageBy (fun value -> (value - mean) * (value - mean))

/// The effect of every single axis and pair of axes upon each cell, as shares of the variance.
let private shares (groupings: Map<int list, int array * int>) (effects: int list list) (figures: float array) =
    let whole = variance figures
    let mean = Array.average figures

    let deviations =
        groupings
        |> Map.map (fun _ grouping ->
            let marginal = marginal figures grouping
            fst grouping |> Array.map (fun place -> marginal[place] - mean))

    effects
    |> List.map (fun axes ->
        let own = deviations[axes]

        let alone =
            match axes with
            | [ first; second ] ->
                let first, second = deviations[[ first ]], deviations[[ second ]]
                Array.init own.Length (fun cell -> own[cell] - first[cell] - second[cell])
            | _ -> own

        if whole > 0.0 then
            (alone |> Array.averageBy (fun x -> x * x)) / whole
        else
            0.0)

/// The least and the greatest of the middle 95 % of these.
let middle (values: float array) =
    let sorted = Array.sort values

    let at part =
        sorted[int (Math.Round(part * float (sorted.Length - 1)))]

    at 0.025, at 0.975

// Seeds are drawn for all configurations alike: what a seed does to all of them is no effect of a parameter.
let private bootstrap (cells: Cell array) (seeds: uint64 array) decompose =
    let random = Random 20141

    Array.init replicates (fun _ ->
        let drawn = Array.init seeds.Length (fun _ -> seeds[random.Next seeds.Length])

        cells
        |> Array.map (fun cell ->
            match drawn |> Array.choose (fun seed -> Map.tryFind seed cell.Values) with
            | [||] -> Seq.average cell.Values.Values
            | some -> Array.average some)
        |> decompose)

/// Decomposes the variance of the means over the greatest part of the grid that was measured in full.
/// None where fewer than two axes vary there.
let decompose (sizes: int array) (cells: Cell list) : Decomposition option =
    let kept = sizes |> Array.map (fun size -> [ 0 .. size - 1 ])

    if cells.IsEmpty || product kept > sparsest * int64 cells.Length then
        None
    else
        let inside, kept, leftOut = complete cells kept []
        let inside = Array.ofList inside

        let axes =
            [ 0 .. sizes.Length - 1 ] |> List.filter (fun axis -> kept[axis].Length > 1)

        if axes.Length < 2 then
            None
        else
            let pairs = List.allPairs axes axes |> List.filter (fun (a, b) -> a < b)
            let effects = List.map List.singleton axes @ List.map (fun (a, b) -> [ a; b ]) pairs

            let groupings =
                effects |> List.map (fun axes -> axes, grouping kept inside axes) |> Map.ofList

            let withRest figures =
                let own = shares groupings effects figures
                Array.ofList (own @ [ max 0.0 (1.0 - List.sum own) ])

            let point =
                inside |> Array.map (fun cell -> Seq.average cell.Values.Values) |> withRest

            let seeds =
                inside
                |> Seq.collect (fun cell -> cell.Values.Keys)
                |> Seq.distinct
                |> Array.ofSeq

            let spread =
                if seeds.Length < 2 then
                    None
                else
                    Some(bootstrap inside (Array.sort seeds) withRest)

            let share index axes = {
                Axes = axes
                Share = point[index]
                Interval = spread |> Option.map (Array.map (Array.item index) >> middle)
            }

            Some {
                Shares = effects |> List.mapi share |> List.sortByDescending _.Share
                Rest = share effects.Length []
                LeftOut = leftOut
                Cells = inside.Length
            }
