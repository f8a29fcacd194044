// Compares two sweeps that were run: each one's best setting over its seeds, Welch's t-test, and a small chart.
// dotnet fsi scripts/compare-sweeps.fsx FIRST SECOND [METRIC]     METRIC is val/elbo where nothing is given
// Without names it compares the two halves of beta-against-depth: a depth of 1 with a depth of 2.
#load "env.fsx"

open System
open MathNet.Numerics.Distributions
open MathNet.Numerics.Statistics
open Orchestrator.Core.Contracts
open Orchestrator.Core.Evaluation
open Orchestrator.Experiments.Scripting

let given = fsi.CommandLineArgs |> Array.skip 1 |> List.ofArray

let metric =
    match given with
    | [ _; _; metric ] -> metric
    | _ -> "val/elbo"

let groups =
    match given with
    | first :: second :: _ -> [ first, Sweep.results first; second, Sweep.results second ]
    | _ ->
        let readings = Sweep.results "beta-against-depth"

        let ofDepth depth =
            readings
            |> List.filter (fun reading -> Reading.parameter Param.depth reading = Some depth)

        [ "depth 1", ofDepth 1; "depth 2", ofDepth 2 ]

/// More is better of some metrics, less of others: the catalogue knows.
let sign =
    match MetricCatalogue.Find metric with
    | null ->
        eprintfn "there is no metric '%s'" metric
        exit 1
    | known when known.Direction = MetricDirection.Minimize -> -1.0
    | _ -> 1.0

/// The values of the best setting at the last epoch read.
let best (readings: Reading list) =
    let last = readings |> List.map _.Epoch |> List.max

    readings
    |> List.filter (fun reading -> reading.Epoch = last)
    |> List.groupBy _.Label
    |> List.map (fun (label, rows) -> label, rows |> List.map (Reading.metric metric))
    |> List.maxBy (fun (_, values) -> sign * Statistics.Mean values)

/// Welch's t-test of equal means, two-sided.
let welch (first: float list) (second: float list) =
    let part (values: float list) =
        Statistics.Variance values / float values.Length

    let a, b = part first, part second
    let t = (Statistics.Mean first - Statistics.Mean second) / sqrt (a + b)

    let freedom =
        (a + b) ** 2.0
        / (a ** 2.0 / float (first.Length - 1) + b ** 2.0 / float (second.Length - 1))

    t, freedom, 2.0 * StudentT.CDF(0.0, 1.0, freedom, -abs t)

let chosen = groups |> List.map (fun (name, readings) -> name, best readings)
let all = chosen |> List.collect (fun (_, (_, values)) -> values)
let low, high = List.min all, List.max all

/// A line of 40 places with a mark for each value.
let strip (values: float list) =
    let place value =
        int (39.0 * (value - low) / max (high - low) Double.Epsilon)

    let marked = values |> List.map place |> Set.ofList
    String.init 40 (fun index -> if marked.Contains index then "o" else "-")

for name, (label, values) in chosen do
    printfn "%-22s %-24s %s" name label (strip values)
    printfn "%-22s mean %.3f, n %d" "" (Statistics.Mean values) values.Length

match chosen with
| [ _, (_, first); _, (_, second) ] when first.Length > 1 && second.Length > 1 ->
    let t, freedom, p = welch first second

    printfn
        "difference %.3f, t = %.2f with %.1f degrees of freedom, p = %.3f"
        (Statistics.Mean first - Statistics.Mean second)
        t
        freedom
        p
| _ -> printfn "a test needs two seeds or more on both sides"
