/// What each call of `run` thought that the rest of the sweep would take, beside what it took.
module Orchestrator.Experiments.Report.EstimateRows

open System
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

let private mebibytes (bytes: int64) =
    $"{Numbers.significant 3 (float bytes / 1048576.0)} MiB"

let private beside estimated (fact: string option) =
    $"""{estimated}, {Option.defaultValue "–" fact}"""

let private time (seconds: float) =
    Numbers.duration (TimeSpan.FromSeconds seconds)

// What was interrupted, or trained nothing, took no time that the estimate could be measured by.
let private ratio (estimate: EstimateRecord) =
    match estimate.Fact with
    | Some fact when fact.Finished && estimate.Seconds > 0.0 -> Numbers.significant 2 (fact.Seconds / estimate.Seconds)
    | Some _ -> "interrupted"
    | None -> "–"

let private row (estimate: EstimateRecord) =
    let fact read = Option.map read estimate.Fact

    EstimateRow(
        Numbers.second estimate.MadeAt,
        $"{Numbers.trials estimate.Trials}, {estimate.Epochs} epochs, {Numbers.workers estimate.Workers} on {estimate.Device}",
        estimate.Source,
        beside (time estimate.Seconds) (fact (fun fact -> time fact.Seconds)),
        ratio estimate,
        beside (mebibytes estimate.MemoryBytes) (fact (fun fact -> mebibytes fact.MemoryBytes)),
        beside (mebibytes estimate.DiskBytes) (fact (fun fact -> mebibytes fact.DiskBytes))
    )

/// A row of each estimate, the last one last.
let build (results: SweepResults) = [| for estimate in results.Estimates -> row estimate |]
