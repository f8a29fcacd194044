/// Estimates over seeds, and what may be said of their differences.
module Orchestrator.Experiments.Report.Statistics

open System
open MathNet.Numerics.Distributions

/// The level of every interval of the report, and one minus it the level of every test.
let level = 0.95

/// A mean over seeds. With one seed there is neither a deviation nor an interval.
type Estimate = {
    Count: int
    Mean: float
    Least: float
    Greatest: float
    /// Sample standard deviation, from two values on.
    Deviation: float option
    /// Half-width of Student's t interval, from two values on.
    Half: float option
}

let private quantile degrees =
    StudentT.InvCDF(0.0, 1.0, float degrees, 0.5 + level / 2.0)

/// Mean, deviation and t interval of independent values; None of none.
let estimate (values: float list) =
    match values with
    | [] -> None
    | [ one ] ->
        Some {
            Count = 1
            Mean = one
            Least = one
            Greatest = one
            Deviation = None
            Half = None
        }
    | many ->
        let count = many.Length
        let mean = List.average many

        let deviation =
            sqrt ((many |> List.sumBy (fun x -> (x - mean) * (x - mean))) / float (count - 1))

        Some {
            Count = count
            Mean = mean
            Least = List.min many
            Greatest = List.max many
            Deviation = Some deviation
            Half = Some(quantile (count - 1) * deviation / sqrt (float count))
        }

/// The two-sided probability of a mean at least this far from zero, where the true one is zero.
/// None where the estimate rests on one value.
let probability (estimate: Estimate) =
    estimate.Deviation
    |> Option.map (fun deviation ->
        if deviation = 0.0 then
            if estimate.Mean = 0.0 then 1.0 else 0.0
        else
            let t = abs estimate.Mean / (deviation / sqrt (float estimate.Count))
            2.0 * StudentT.CDF(0.0, 1.0, float (estimate.Count - 1), -t))

/// The difference of two configurations over the seeds that both have: first minus second.
let paired (first: Map<uint64, float>) (second: Map<uint64, float>) =
    [
        for KeyValue(seed, value) in first do
            match Map.tryFind seed second with
            | Some other -> value - other
            | None -> ()
    ]
    |> estimate

/// Holm's step-down correction: the adjusted probabilities, in the order given.
/// Holm, S. (1979), A simple sequentially rejective multiple test procedure.
let holm (probabilities: float list) =
    let count = probabilities.Length

    probabilities
    |> List.indexed
    |> List.sortBy snd
    |> List.mapi (fun rank (index, p) -> index, min 1.0 (float (count - rank) * p))
    |> List.scan (fun (_, before) (index, p) -> index, max before p) (-1, 0.0)
    |> List.tail
    |> List.sortBy fst
    |> List.map snd
