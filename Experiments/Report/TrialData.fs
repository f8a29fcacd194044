/// What the page knows of each trial, so that any two can be held against each other.
module Orchestrator.Experiments.Report.TrialData

open System
open System.IO
open System.Text
open System.Text.Json
open Orchestrator.Experiments.Domain

/// Points of a trial's curve.
let private points = 24

/// Trials with curves; beyond these the figures must do.
let private drawn = 600

// Six digits are beyond any screen, and a third of the bytes.
let private number (json: Utf8JsonWriter) (value: float) =
    json.WriteRawValue(value.ToString("G6", Globalization.CultureInfo.InvariantCulture), true)

let private array (json: Utf8JsonWriter) (name: string) (items: 'a seq) write =
    json.WriteStartArray name
    Seq.iter write items
    json.WriteEndArray()

let private pairs (json: Utf8JsonWriter) (items: (string * string) seq) =
    json.WriteStartArray()

    for label, value in items do
        json.WriteStartArray()
        json.WriteStringValue label
        json.WriteStringValue value
        json.WriteEndArray()

    json.WriteEndArray()

/// The metrics whose curves a difference shows: the objective and the training loss.
let private curves (summary: Summary) =
    [ summary.Sweep.Objective.Metric; "train/loss" ]
    |> List.distinct
    |> List.filter (fun name -> List.contains name (Figures.metrics summary.Figures))

let private effective (attempts: Map<string, AttemptRecord list>) (trial: TrialRecord) =
    let own = Map.tryFind trial.Id attempts |> Option.defaultValue []

    match trial.EffectiveAttempt with
    | Some number -> own |> List.tryFind (fun attempt -> attempt.Number = number)
    | None -> List.tryLast own

let private facts (attempts: AttemptRecord list) (attempt: AttemptRecord option) (trial: TrialRecord) = [
    "trial", trial.Id.Substring(0, min 12 trial.Id.Length)
    "seed", string trial.Seed
    "state", trial.State.ToString().ToLowerInvariant()
    "epochs trained", string trial.EpochsDone
    "attempts", string trial.Attempts
    match Costs.seconds attempts with
    | Some seconds -> "time", Numbers.duration (TimeSpan.FromSeconds seconds)
    | None -> ()
    match attempt with
    | None -> ()
    | Some attempt ->
        "started", Numbers.moment attempt.StartedAt
        "worker", attempt.Worker
        "interruptions", string attempt.Interruptions

        match attempt.WeightsDigest with
        | Some digest -> "weights", digest.Substring(0, min 12 digest.Length)
        | None -> ()
    match trial.Error with
    | Some error -> "error", error
    | None -> ()
]

let private last (summary: Summary) metric (trial: TrialRecord) =
    Figures.curve summary.Figures trial.Id metric |> List.tryLast |> Option.map snd

let private writeCurve (json: Utf8JsonWriter) (curve: (int * float) list) =
    json.WriteStartArray()

    for epoch, value in CurveTables.spread points curve do
        json.WriteNumberValue epoch
        number json value

    json.WriteEndArray()

/// The JSON; its encoder leaves no character that could end a script element.
let write (unitOf: string -> string) (results: SweepResults) (summary: Summary) =
    use stream = new MemoryStream()
    use json = new Utf8JsonWriter(stream)
    let metrics = Figures.metrics summary.Figures
    let curves = curves summary
    let configurations = CurveTables.inOrder summary
    let attempts = results.Attempts |> List.groupBy _.TrialId |> Map.ofList
    let first = configurations |> List.tryHead |> Option.map _.Parameters

    let shared, differing =
        configurations
        |> List.collect (fun configuration -> List.ofSeq configuration.Parameters.Names)
        |> List.distinct
        |> List.sort
        |> List.partition (fun name ->
            configurations
            |> List.distinctBy (fun configuration -> Labels.value configuration.Parameters name)
            |> List.length
                =
                1)

    let environments =
        results.Trials
        |> List.choose (effective attempts)
        |> List.map ProvenanceFacts.environment
        |> List.distinct

    json.WriteStartObject()

    array json "metrics" metrics (fun name ->
        json.WriteStartObject()
        json.WriteString("label", Labels.metric name)
        json.WriteString("unit", unitOf name)
        json.WriteEndObject())

    array json "curves" curves (fun name -> json.WriteStringValue(Labels.metric name))
    json.WritePropertyName "shared"

    match first with
    | Some parameters -> pairs json (shared |> List.map (fun name -> name, Labels.value parameters name))
    | None -> pairs json []

    array json "differing" differing (fun (name: string) -> json.WriteStringValue name)
    array json "environments" environments (pairs json)

    let write index (place: int) (configuration: Configuration) (trial: TrialRecord) =
        let own = Map.tryFind trial.Id attempts |> Option.defaultValue []
        let attempt = effective attempts trial
        json.WriteStartObject()
        json.WriteString("id", trial.Id.Substring(0, min 12 trial.Id.Length))
        json.WriteNumber("of", place)
        json.WritePropertyName "facts"
        pairs json (facts own attempt trial)

        array json "values" differing (fun name -> json.WriteStringValue(Labels.value configuration.Parameters name))

        array json "figures" metrics (fun metric ->
            match last summary metric trial with
            | Some value -> number json value
            | None -> json.WriteNullValue())

        if index < drawn then
            array json "series" curves (fun metric -> writeCurve json (Figures.curve summary.Figures trial.Id metric))

        match attempt with
        | Some attempt ->
            let environment = ProvenanceFacts.environment attempt
            json.WriteNumber("environment", environments |> List.findIndex ((=) environment))
        | None -> ()

        json.WriteEndObject()

    json.WriteStartArray "trials"

    configurations
    |> List.mapi (fun place configuration ->
        configuration.Trials |> List.map (fun trial -> place, configuration, trial))
    |> List.concat
    |> List.iteri (fun index (place, configuration, trial) -> write index place configuration trial)

    json.WriteEndArray()
    json.WriteEndObject()
    json.Flush()
    Encoding.UTF8.GetString(stream.GetBuffer(), 0, int stream.Length)
