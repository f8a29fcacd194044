/// How much of the spread between configurations each parameter and each pair of parameters explains, where the
/// configurations are a sample and no grid: functional analysis of variance of a random forest that predicts the figure.
/// Hutter, F., Hoos, H. and Leyton-Brown, K. (2014), An efficient approach for assessing hyperparameter importance.
module Orchestrator.Experiments.Report.ForestImportance

open System
open Orchestrator.Experiments.Report.Importance

/// A measured configuration: its place on each axis, from 0 to 1, and its figure.
type Point = { At: float array; Figure: float }

/// Fewer configurations than this say nothing that a forest could learn.
let least = 10

let private trees = 64

/// A leaf is a box of the space of parameters; below this many configurations none is split.
let private smallestSplit = 3

/// The part of the axes that a split may choose from, which makes the trees differ.
let private consideredPart = 5.0 / 6.0

type private Leaf = {
    Low: float array
    High: float array
    Value: float
}

// The threshold on an axis that leaves the least squared error, with that error.
let private bestThreshold (points: Point array) axis =
    let sorted = points |> Array.sortBy (fun point -> point.At[axis])
    let total = sorted |> Array.sumBy _.Figure
    let mutable left = 0.0
    let mutable best = None

    for index in 1 .. sorted.Length - 1 do
        left <- left + sorted[index - 1].Figure
        let before, after = sorted[index - 1].At[axis], sorted[index].At[axis]

        if after > before then
            let right = total - left

            // The squared error is smallest where the squared sums over the counts are greatest.
            let gain = left * left / float index + right * right / float (sorted.Length - index)

            match best with
            | Some(greatest, _) when greatest >= gain -> ()
            | _ -> best <- Some(gain, (before + after) / 2.0)

    best |> Option.map (fun (gain, threshold) -> gain, axis, threshold)

// Rounding is no gain: equal figures stay together.
let private gains (points: Point array) (gain, _, _) =
    let total = points |> Array.sumBy _.Figure
    gain > total * total / float points.Length * (1.0 + 1e-12)

let rec private grow (random: Random) (points: Point array) low high = [
    let axes = Array.length low
    let considered = max 1 (int (Math.Round(consideredPart * float axes)))

    let split =
        if points.Length < smallestSplit then
            None
        else
            let chosen = [| 0 .. axes - 1 |]
            random.Shuffle chosen

            match chosen |> Array.take considered |> Array.choose (bestThreshold points) with
            | [||] -> None
            | some ->
                some
                |> Array.maxBy (fun (gain, _, _) -> gain)
                |> Some
                |> Option.filter (gains points)

    match split with
    | None -> {
        Low = low
        High = high
        Value = points |> Array.averageBy _.Figure
      }
    | Some(_, axis, threshold) ->
        let below, above =
            points |> Array.partition (fun point -> point.At[axis] <= threshold)

        yield! grow random below low (Array.updateAt axis threshold high)
        yield! grow random above (Array.updateAt axis threshold low) high
]

let private size (leaf: Leaf) except =
    Seq.zip leaf.Low leaf.High
    |> Seq.indexed
    |> Seq.filter (fun (axis, _) -> not (List.contains axis except))
    |> Seq.fold (fun product (_, (low, high)) -> product * (high - low)) 1.0

let private cuts (leaves: Leaf array) axis =
    leaves
    |> Array.collect (fun leaf -> [| leaf.Low[axis]; leaf.High[axis] |])
    |> Array.distinct
    |> Array.sort

let private place (cuts: float array) (value: float) = Array.BinarySearch(cuts, value)

// The mean over all other axes, for every cell between the cuts of two: each leaf is entered at its corners, and sums
// along both axes fill its cells.
let private marginal (leaves: Leaf array) (rows: int * float array) (columns: int * float array) =
    let (first, byRow), (second, byColumn) = rows, columns
    let sums = Array2D.zeroCreate byRow.Length byColumn.Length

    for leaf in leaves do
        let value = leaf.Value * size leaf [ first; second ]

        let top, bottom = place byRow leaf.Low[first], place byRow leaf.High[first]

        let left, right = place byColumn leaf.Low[second], place byColumn leaf.High[second]

        sums[top, left] <- sums[top, left] + value
        sums[bottom, right] <- sums[bottom, right] + value
        sums[top, right] <- sums[top, right] - value
        sums[bottom, left] <- sums[bottom, left] - value

    for row in 0 .. byRow.Length - 1 do
        for column in 1 .. byColumn.Length - 1 do
            sums[row, column] <- sums[row, column] + sums[row, column - 1]

    for row in 1 .. byRow.Length - 1 do
        for column in 0 .. byColumn.Length - 1 do
            sums[row, column] <- sums[row, column] + sums[row - 1, column]

    sums

let private widths (cuts: float array) =
    cuts |> Array.pairwise |> Array.map (fun (low, high) -> high - low)

// What a pair of axes explains beyond each of them, and what the first explains alone, both as variances.
let private pairVariance (leaves: Leaf array) mean first second =
    let rows, columns = cuts leaves first, cuts leaves second
    let cells = marginal leaves (first, rows) (second, columns)
    let heights, lengths = widths rows, widths columns

    let alongRows =
        Array.init heights.Length (fun row ->
            Seq.sum (Seq.init lengths.Length (fun column -> cells[row, column] * lengths[column])))

    let alongColumns =
        Array.init lengths.Length (fun column ->
            Seq.sum (Seq.init heights.Length (fun row -> cells[row, column] * heights[row])))

    Seq.sum (
        seq {
            for row in 0 .. heights.Length - 1 do
                for column in 0 .. lengths.Length - 1 do
                    let beyond = cells[row, column] - alongRows[row] - alongColumns[column] + mean
                    beyond * beyond * heights[row] * lengths[column]
        }
    )

let private singleVariance (leaves: Leaf array) mean axis =
    let edges = cuts leaves axis
    let steps = Array.zeroCreate<float> edges.Length

    for leaf in leaves do
        let value = leaf.Value * size leaf [ axis ]
        let low, high = place edges leaf.Low[axis], place edges leaf.High[axis]
        steps[low] <- steps[low] + value
        steps[high] <- steps[high] - value

    let levels = Array.scan (+) 0.0 steps |> Array.tail

    widths edges
    |> Array.mapi (fun cell width -> width * (levels[cell] - mean) * (levels[cell] - mean))
    |> Array.sum

// The shares of one tree; None where it predicts the same everywhere.
let private sharesOf (effects: int list list) (leaves: Leaf array) =
    let mean = leaves |> Array.sumBy (fun leaf -> leaf.Value * size leaf [])

    let whole =
        leaves
        |> Array.sumBy (fun leaf -> size leaf [] * (leaf.Value - mean) * (leaf.Value - mean))

    if whole <= 0.0 then
        None
    else
        effects
        |> List.map (function
            | [ first; second ] -> pairVariance leaves mean first second / whole
            | axes -> singleVariance leaves mean axes.Head / whole)
        |> fun own -> Some(Array.ofList (own @ [ max 0.0 (1.0 - List.sum own) ]))

/// Decomposes the variance of what the forest predicts over the whole space of parameters, every axis uniform. The
/// interval holds the middle 95 % of its trees, each grown on a bootstrap draw of the configurations.
/// None with fewer than ten configurations, with fewer than two axes, and where nothing varies.
let decompose (points: Point array) : Decomposition option =
    let axes = if points.Length = 0 then 0 else points[0].At.Length

    if points.Length < least || axes < 2 then
        None
    else
        let random = Random 20142
        let all = [ 0 .. axes - 1 ]
        let pairs = List.allPairs all all |> List.filter (fun (a, b) -> a < b)
        let effects = List.map List.singleton all @ List.map (fun (a, b) -> [ a; b ]) pairs

        let grown =
            Array.init trees (fun _ ->
                let drawn = Array.init points.Length (fun _ -> points[random.Next points.Length])

                grow random drawn (Array.create axes 0.0) (Array.create axes 1.0)
                |> Array.ofList)
            |> Array.choose (sharesOf effects)

        if grown.Length = 0 then
            None
        else
            let share index axes =
                let values = grown |> Array.map (Array.item index)

                {
                    Axes = axes
                    Share = Array.average values
                    Interval = Some(middle values)
                }

            Some {
                Shares = effects |> List.mapi share |> List.sortByDescending _.Share
                Rest = share effects.Length []
                LeftOut = []
                Cells = points.Length
            }
