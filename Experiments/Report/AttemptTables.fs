/// What happened while the sweep ran: workers over time, failures, attempts.
module Orchestrator.Experiments.Report.AttemptTables

open System
open System.Globalization
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

let private lanes = 40
let private listed = 400

let private outcome (attempt: AttemptRecord) =
    match attempt.Outcome with
    | None -> "running"
    | Some AttemptOutcome.OutOfMemory -> "out of memory"
    | Some outcome -> outcome.ToString().ToLowerInvariant()

let private kind (attempt: AttemptRecord) =
    match attempt.Outcome with
    | None -> "running"
    | Some AttemptOutcome.Completed -> "completed"
    | Some AttemptOutcome.Pruned -> "pruned"
    | Some(AttemptOutcome.Failed | AttemptOutcome.Diverged | AttemptOutcome.OutOfMemory) -> "failed"
    | Some _ -> "interrupted"

let private short (id: string) = id.Substring(0, min 12 id.Length)

let private ended (sweep: SweepRecord) (attempt: AttemptRecord) =
    attempt.EndedAt |> Option.defaultValue (max sweep.UpdatedAt attempt.StartedAt)

let private coordinate (value: float) =
    value.ToString("F1", CultureInfo.InvariantCulture)

/// The worker's name; the host too where there are several.
let private laneName severalHosts (attempt: AttemptRecord) =
    if severalHosts then
        $"{attempt.Worker} on {attempt.Host}"
    else
        attempt.Worker

let private span order sweep (start: DateTimeOffset) (whole: TimeSpan) (attempt: AttemptRecord) =
    let place (time: DateTimeOffset) = 1000.0 * (time - start) / whole
    let left = place attempt.StartedAt
    let width = max 1.5 (place (ended sweep attempt) - left)
    let lasted = Numbers.duration (ended sweep attempt - attempt.StartedAt)

    TimelineSpan(
        order attempt.TrialId,
        coordinate left,
        coordinate width,
        kind attempt,
        $"{short attempt.TrialId}, attempt {attempt.Number}: {outcome attempt}, {lasted}"
    )

let private timeline order (sweep: SweepRecord) (attempts: AttemptRecord list) : Timeline | null =
    match attempts with
    | [] -> null
    | _ ->
        let start = attempts |> List.map _.StartedAt |> List.min
        let stop = attempts |> List.map (ended sweep) |> List.max
        let whole = max (stop - start) (TimeSpan.FromSeconds 1.0)
        let severalHosts = attempts |> List.distinctBy _.Host |> List.length > 1

        let lane (name, own: AttemptRecord list) =
            let busy =
                own
                |> List.sumBy (fun attempt -> (ended sweep attempt - attempt.StartedAt) / whole)

            TimelineLane(
                name,
                $"{Numbers.fixedTo 0 (100.0 * min 1.0 busy)} %% busy",
                [|
                    for attempt in own |> List.sortBy _.StartedAt -> span order sweep start whole attempt
                |]
            )

        Timeline(
            attempts
            |> List.groupBy (laneName severalHosts)
            |> List.sortBy fst
            |> List.truncate lanes
            |> List.map lane
            |> Array.ofList,
            [|
                for part in 0..4 -> TimelineTick(string (part * 250), Numbers.duration (whole * (float part / 4.0)))
            |]
        )

let private lastOutcome (attempts: AttemptRecord list) =
    match attempts with
    | [] -> "never started"
    | some -> some |> List.maxBy _.Number |> outcome

let private failure order label (byTrial: Map<string, AttemptRecord list>) (trial: TrialRecord) =
    FailureRow(
        order trial.Id,
        short trial.Id,
        label trial,
        string trial.Seed,
        lastOutcome (Map.tryFind trial.Id byTrial |> Option.defaultValue []),
        string trial.Attempts,
        Option.defaultValue "" trial.Error
    )

let private row order sweep (attempt: AttemptRecord) =
    AttemptRow(
        order attempt.TrialId,
        short attempt.TrialId,
        string attempt.Number,
        attempt.Worker,
        outcome attempt,
        Numbers.second attempt.StartedAt,
        Numbers.duration (ended sweep attempt - attempt.StartedAt),
        $"{attempt.StartEpoch}–{attempt.EpochsDone}",
        string attempt.Interruptions
    )

let private sentence (results: SweepResults) =
    match results.Attempts with
    | [] -> "Nothing has started yet."
    | attempts ->
        let start = attempts |> List.map _.StartedAt |> List.min
        let stop = attempts |> List.map (ended results.Sweep) |> List.max

        let busy =
            attempts
            |> List.sumBy (fun attempt -> (ended results.Sweep attempt - attempt.StartedAt).TotalHours)

        let workers =
            attempts
            |> List.distinctBy (fun attempt -> attempt.Host, attempt.Worker)
            |> List.length

        let interrupted =
            attempts
            |> List.filter (fun attempt -> kind attempt = "interrupted")
            |> List.length

        $"{Numbers.attempts attempts.Length} at {Numbers.trials results.Trials.Length} by {Numbers.workers workers}, "
        + $"{Numbers.duration (TimeSpan.FromHours busy)} of work in {Numbers.duration (stop - start)}"
        + (if interrupted = 0 then
               "."
           else
               $"; {interrupted} of them interrupted or lost and taken up again.")

/// The section. It is never empty: that nothing started is a fact too.
let build (summary: Summary) (results: SweepResults) : Happenings =
    let places =
        CurveTables.inOrder summary
        |> List.indexed
        |> List.collect (fun (index, configuration) ->
            configuration.Trials |> List.map (fun trial -> trial.Id, (index, configuration)))
        |> Map.ofList

    let order trial = fst (Map.find trial places)

    let label (trial: TrialRecord) =
        Summary.label summary (snd (Map.find trial.Id places))

    let byTrial = results.Attempts |> List.groupBy _.TrialId |> Map.ofList

    let sorted =
        results.Attempts
        |> List.sortBy (fun attempt -> attempt.StartedAt, attempt.TrialId, attempt.Number)

    let left = max 0 (sorted.Length - listed)

    Happenings(
        sentence results,
        EstimateRows.build results,
        timeline order results.Sweep sorted,
        [|
            for trial in results.Trials do
                if trial.State = TrialState.Failed then
                    failure order label byTrial trial
        |],
        [| for attempt in List.skip left sorted -> row order results.Sweep attempt |],
        if left > 0 then
            $"The last {listed} of {Numbers.count sorted.Length}; the database holds them all."
        else
            ""
    )
