/// Estimates in words.
module Orchestrator.Experiments.Cli.EstimateText

open System
open System.Globalization
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan

let private rounded (format: string) (value: float) =
    value.ToString(format, CultureInfo.InvariantCulture)

/// Bytes for people: 620 MiB, 1.2 GiB.
let size (bytes: int64) =
    let mebibytes = float bytes / 1048576.

    if mebibytes < 1. then
        $"{max 1. (ceil (float bytes / 1024.))} KiB"
    elif mebibytes < 1024. then
        $"""{rounded "0" mebibytes} MiB"""
    else
        $"""{rounded "0.0" (mebibytes / 1024.)} GiB"""

let duration (seconds: float) =
    SweepProgress.duration (TimeSpan.FromSeconds(min seconds 1e9))

/// The numbers of workers that a plan shows: each up to eight, then powers of two and the most.
let workerCounts most =
    [ 1..most ]
    |> List.filter (fun workers -> workers <= 8 || workers = most || Int32.IsPow2 workers)

/// The lines that a plan shows.
let plan (prices: Pricing.Prices) (estimates: Estimate list) diskBytes = [
    $"estimate, {prices.Source}:"
    "  workers  time            memory"
    for estimate in estimates do
        $"  %7d{estimate.Workers}  {(duration estimate.Seconds).PadRight 14}  {size estimate.MemoryBytes}"
    $"  {size diskBytes} on the disk"
    match prices.Calibration.Shares |> List.tryLast with
    | Some(workers, share) when share < 0.8 ->
        $"  other programs are busy here: {workers} workers get {100. * share:F0} %% of a core each now, and the times count with it"
    | _ -> ()
]

// 1.25 is 25 % more; from 2 on people count in times.
let private difference (estimated: float) (fact: float) =
    if estimated <= 0. then
        ""
    else
        let percent = Math.Round(100. * (fact / estimated - 1.))

        if percent = 0. then
            " (as estimated)"
        elif percent >= 100. then
            $""" ({rounded "0.0" (fact / estimated)} times that)"""
        elif percent > 0. then
            $" ({percent} %% more)"
        else
            $" ({-percent} %% less)"

let private comparison (estimate: EstimateRecord) (fact: EstimateFact) =
    if fact.Finished then
        [
            $"took {duration fact.Seconds}{difference estimate.Seconds fact.Seconds}, held {size fact.MemoryBytes} of memory{difference (float estimate.MemoryBytes) (float fact.MemoryBytes)}, wrote {size fact.DiskBytes}{difference (float estimate.DiskBytes) (float fact.DiskBytes)}"
        ]
    else
        [
            $"interrupted after {duration fact.Seconds}, {fact.EpochsTrained} of {estimate.Epochs} epochs trained"
        ]

/// The lines that a status shows: what the last call of `run` estimated, and what it took.
let status (estimate: EstimateRecord) =
    [
        $"estimated for {estimate.Trials} trials by {estimate.Workers} workers: {duration estimate.Seconds}, {size estimate.MemoryBytes} of memory, {size estimate.DiskBytes} on the disk ({estimate.Source})"
    ]
    @ (estimate.Fact |> Option.map (comparison estimate) |> Option.defaultValue [])
