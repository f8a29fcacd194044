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

// Trials of earlier calls tell how long they took, and not what they held.
let private known (bytes: int64) text = if bytes > 0L then [ text ] else []

let duration (seconds: float) =
    SweepProgress.duration (TimeSpan.FromSeconds(min seconds 1e9))

/// The numbers of workers that a plan shows: each up to eight, then powers of two and the most.
let workerCounts most =
    [ 1..most ]
    |> List.filter (fun workers -> workers <= 8 || workers = most || Int32.IsPow2 workers)

/// Time, memory and disk in one line, as far as they are known.
let summary (seconds: float) (memoryBytes: int64) (diskBytes: int64) =
    [ duration seconds ]
    @ known memoryBytes $"{size memoryBytes} of memory"
    @ known diskBytes $"{size diskBytes} on the disk"
    |> String.concat ", "

/// What an estimate says of itself where trials may end before their last epoch.
let upperBound = "at most, for trials that are pruned or stop early take less"

/// What other programs do to an estimate at the moment; nothing where they leave the cores alone.
let company (calibration: Calibration) =
    match List.tryLast calibration.Shares with
    | Some(workers, share) when share < 0.8 -> [
        $"other programs are busy here: {workers} workers would get {100. * share:F0} %% of a core each now; while that lasts it takes {1. / share:F1} times as long"
      ]
    | _ -> []

/// The lines that a plan shows.
let plan (prices: Pricing.Prices) isUpperBound (estimates: Estimate list) diskBytes = [
    if isUpperBound then
        $"estimate, {prices.Source}; {upperBound}:"
    else
        $"estimate, {prices.Source}:"
    "  workers  time            memory"
    for estimate in estimates do
        let memory =
            if estimate.MemoryBytes > 0L then
                size estimate.MemoryBytes
            else
                "not known"

        $"  %7d{estimate.Workers}  {(duration estimate.Seconds).PadRight 14}  {memory}"
    for line in known diskBytes $"  {size diskBytes} on the disk" do
        line
    for line in company prices.Calibration do
        "  " + line
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

// The clock counts the machine's other work as well.
let private ofProcessors (estimate: EstimateRecord) (fact: EstimateFact) =
    match estimate.ProcessorSeconds, fact.ProcessorSeconds with
    | Some estimated, Some used -> [
        $"processor time of the workers: {duration estimated} estimated, {duration used} used{difference estimated used}"
      ]
    | _ -> []

let private comparison (estimate: EstimateRecord) (fact: EstimateFact) =
    if fact.Finished then
        ofProcessors estimate fact
        |> List.append [
            $"took {duration fact.Seconds}{difference estimate.Seconds fact.Seconds}, held {size fact.MemoryBytes} of memory{difference (float estimate.MemoryBytes) (float fact.MemoryBytes)}, wrote {size fact.DiskBytes}{difference (float estimate.DiskBytes) (float fact.DiskBytes)}"
        ]
    else
        [
            $"interrupted after {duration fact.Seconds}, {fact.EpochsTrained} of {estimate.Epochs} epochs trained"
        ]

/// The lines that a status shows: what the last call of `run` estimated, and what it took.
let status (estimate: EstimateRecord) =
    [
        $"""estimated for {Numerals.counted estimate.Trials "trial"} by {Numerals.counted estimate.Workers "worker"}: {summary estimate.Seconds estimate.MemoryBytes estimate.DiskBytes} ({estimate.Source})"""
    ]
    @ (estimate.Fact |> Option.map (comparison estimate) |> Option.defaultValue [])
