/// What the charts draw, as JSON. Sentences and tables come with the page; here are only numbers and labels.
module Orchestrator.Experiments.Report.ChartData

open System
open System.IO
open System.Text
open System.Text.Json
open Orchestrator.Core.Contracts

/// Points of a curve that a chart can still tell apart.
let private points = 160

/// Curves beyond these are one grey cloud: the configurations drawn at most.
let private drawn = 200

// Six digits are beyond any screen, and a third of the bytes.
let private number (json: Utf8JsonWriter) (value: float) =
    json.WriteRawValue(value.ToString("G6", Globalization.CultureInfo.InvariantCulture), true)

let private optional json (value: float option) =
    match value with
    | Some value when Double.IsFinite value -> number json value
    | _ -> json.WriteNullValue()

let private array (json: Utf8JsonWriter) (name: string) (items: 'a seq) write =
    json.WriteStartArray name
    Seq.iter write items
    json.WriteEndArray()

let private item (json: Utf8JsonWriter) write =
    json.WriteStartObject()
    write ()
    json.WriteEndObject()

let private objective (json: Utf8JsonWriter) (unit: string) (summary: Summary) =
    json.WriteStartObject "objective"
    json.WriteString("name", summary.Sweep.Objective.Metric)
    json.WriteString("label", Labels.brief summary.Sweep.Objective.Metric)
    json.WriteString("unit", unit)
    json.WriteBoolean("less", (summary.Sweep.Objective.Direction = MetricDirection.Minimize))
    json.WriteEndObject()

let private parameter (json: Utf8JsonWriter) summary name =
    item json (fun () ->
        json.WriteString("name", (name: string))

        array json "values" (EffectTables.orderedValues summary name) (fun (value: string) ->
            json.WriteStringValue value))

let private measure (json: Utf8JsonWriter) (measure: Measure) =
    item json (fun () ->
        json.WriteString("name", measure.Name)
        json.WriteString("label", measure.Label)
        json.WriteString("unit", measure.Unit)

        match measure.Direction with
        | MetricDirection.Minimize -> json.WriteBoolean("less", true)
        | MetricDirection.Maximize -> json.WriteBoolean("less", false)
        | _ -> ())

let private standing (json: Utf8JsonWriter) (measures: Measure list) (reading: Reading) (standing: Standing) =
    item json (fun () ->
        json.WritePropertyName "mean"
        number json standing.Estimate.Mean
        json.WritePropertyName "half"
        optional json standing.Estimate.Half
        json.WriteNumber("rank", standing.Rank)
        json.WriteBoolean("best", standing.InBestSet)

        array json "measures" measures (fun measure -> optional json (measure.At standing.Configuration reading.Epoch)))

let private configuration (json: Utf8JsonWriter) (summary: Summary) measures places (configuration: Configuration) =
    item json (fun () ->
        json.WriteString("id", configuration.Id)
        json.WriteString("label", Summary.label summary configuration)

        if summary.Data.Length > 1 then
            json.WriteNumber("data", List.findIndex ((=) configuration.Data) summary.Data)

        array json "values" summary.Names (fun name ->
            json.WriteNumberValue(
                Map.find name places
                |> List.findIndex ((=) (Labels.value configuration.Parameters name))
            ))

        array json "readings" summary.Readings (fun reading ->
            match
                reading.Standings
                |> List.tryFind (fun s -> s.Configuration.Id = configuration.Id)
            with
            | Some found -> standing json measures reading found
            | None -> json.WriteNullValue()))

let private curve (json: Utf8JsonWriter) (summary: Summary) (index: int) metric (configuration: Configuration) =
    let byEpoch =
        Summary.curve summary.Figures metric configuration |> CurveTables.spread points

    if not byEpoch.IsEmpty then
        item json (fun () ->
            json.WriteNumber("of", index)
            array json "epochs" byEpoch (fun (epoch, _) -> json.WriteNumberValue(epoch: int))
            array json "mean" byEpoch (fun (_, estimate: Statistics.Estimate) -> number json estimate.Mean)

            if byEpoch |> List.exists (fun (_, estimate) -> estimate.Count > 1) then
                array json "least" byEpoch (fun (_, estimate: Statistics.Estimate) -> number json estimate.Least)
                array json "greatest" byEpoch (fun (_, estimate: Statistics.Estimate) -> number json estimate.Greatest))

/// The JSON; its encoder leaves no character that could end a script element or begin a comment.
let write (unitOf: string -> string) (measures: Measure list) (summary: Summary) =
    use stream = new MemoryStream()
    use json = new Utf8JsonWriter(stream)
    let configurations = CurveTables.inOrder summary

    let places =
        summary.Names
        |> List.map (fun name -> name, EffectTables.orderedValues summary name)
        |> Map.ofList

    item json (fun () ->
        objective json (unitOf summary.Sweep.Objective.Metric) summary
        array json "readings" summary.Readings (fun reading -> json.WriteNumberValue reading.Epoch)
        array json "data" summary.Data (fun data -> json.WriteStringValue data)
        array json "parameters" summary.Names (parameter json summary)

        array json "measures" measures (measure json)
        array json "configurations" configurations (configuration json summary measures places)

        array json "curves" (Figures.metrics summary.Figures) (fun metric ->
            item json (fun () ->
                json.WriteString("name", metric)
                json.WriteString("label", Labels.metric metric)
                json.WriteString("unit", unitOf metric)

                array
                    json
                    "series"
                    (configurations |> List.truncate drawn |> List.indexed)
                    (fun (index, configuration) -> curve json summary index metric configuration))))

    json.Flush()
    Encoding.UTF8.GetString(stream.GetBuffer(), 0, int stream.Length)
