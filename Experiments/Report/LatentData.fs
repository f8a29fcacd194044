/// The latent spaces that the page shows and decodes.
module Orchestrator.Experiments.Report.LatentData

open System
open System.IO
open System.Text
open System.Text.Json
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

/// Characters of JSON that all of them together may take.
let private budget = 1_100_000

/// A configuration's latent space, as its typical seed left it.
type private Latent = {
    Standing: Standing
    Trial: TrialRecord
    Points: LatentArtifacts.Point list
    Decoder: LatentArtifacts.Decoder option
    Bytes: int
}

let private newest kind (artifacts: ArtifactRecord list) =
    artifacts
    |> List.filter (fun artifact -> artifact.Kind = kind)
    |> List.sortByDescending _.Epoch
    |> List.tryHead

let private load (read: string -> Result<byte array, string>) decode (artifact: ArtifactRecord option) =
    match artifact with
    | None -> Ok(None, 0)
    | Some artifact ->
        match read artifact.Path with
        | Error reason -> Error $"{artifact.Path} {reason}."
        | Ok bytes ->
            match decode bytes with
            | Ok found -> Ok(Some found, bytes.Length)
            | Error reason -> Error $"{artifact.Path} {reason}."

let private number (json: Utf8JsonWriter) (value: float) =
    json.WriteRawValue(value.ToString("G6", Globalization.CultureInfo.InvariantCulture), true)

// Base64 has no character that could end a script element; the encoder would still lengthen its plus signs.
let private base64 (json: Utf8JsonWriter) (name: string) (text: string) =
    json.WritePropertyName name
    json.WriteRawValue($"\"{text}\"", true)

let private writePoints (json: Utf8JsonWriter) (points: LatentArtifacts.Point list) =
    json.WriteStartArray "points"

    for point in points do
        json.WriteStartObject()
        json.WriteNumber("index", point.Index)
        json.WriteNumber("label", point.Label)

        for KeyValue(name, (x, y)) in point.Coordinates do
            json.WriteStartArray name
            number json x
            number json y
            json.WriteEndArray()

        json.WriteEndObject()

    json.WriteEndArray()

let private writeLayer (json: Utf8JsonWriter) layer =
    json.WriteStartObject()

    match layer with
    | LatentArtifacts.Layer.Relu -> json.WriteString("type", "relu")
    | LatentArtifacts.Layer.Linear(into, out, weight, bias) ->
        json.WriteString("type", "linear")
        json.WriteNumber("in", into)
        json.WriteNumber("out", out)
        base64 json "weight" weight
        base64 json "bias" bias

    json.WriteEndObject()

let private writeDecoder (json: Utf8JsonWriter) (decoder: LatentArtifacts.Decoder) =
    let channels, height, width = decoder.Shape
    json.WriteStartObject "decoder"
    json.WriteNumber("latent", decoder.Latent)
    json.WriteStartArray "shape"
    [ channels; height; width ] |> List.iter json.WriteNumberValue
    json.WriteEndArray()
    json.WriteString("mean", decoder.Mean)
    json.WriteStartArray "layers"
    decoder.Layers |> List.iter (writeLayer json)
    json.WriteEndArray()
    json.WriteStartArray "checks"

    for code, image in decoder.Checks do
        json.WriteStartObject()
        json.WriteStartArray "z"

        code
        |> List.iter (fun value ->
            json.WriteRawValue(value.ToString("R", Globalization.CultureInfo.InvariantCulture), true))

        json.WriteEndArray()
        base64 json "image" image
        json.WriteEndObject()

    json.WriteEndArray()
    json.WriteEndObject()

let private write (summary: Summary) (latents: Latent list) =
    use stream = new MemoryStream()
    use json = new Utf8JsonWriter(stream)
    json.WriteStartArray()

    for latent in latents do
        json.WriteStartObject()
        json.WriteString("id", latent.Standing.Configuration.Id)
        json.WriteString("label", Labels.configuration summary.Names latent.Standing.Configuration.Varied)
        json.WriteString("seed", string latent.Trial.Seed)

        if not latent.Points.IsEmpty then
            writePoints json latent.Points

        latent.Decoder |> Option.iter (writeDecoder json)
        json.WriteEndObject()

    json.WriteEndArray()
    json.Flush()
    Encoding.UTF8.GetString(stream.GetBuffer(), 0, int stream.Length)

let private latent read (artifacts: Map<string, ArtifactRecord list>) (standing: Standing) =
    GalleryImages.typical standing
    |> Option.map (fun trial ->
        let own = Map.tryFind trial.Id artifacts |> Option.defaultValue []
        let points = newest "latent" own |> load read LatentArtifacts.points
        let decoder = newest "decoder" own |> load read LatentArtifacts.decoder

        match points, decoder with
        | Error reason, _
        | _, Error reason -> Error reason
        | Ok(points, pointBytes), Ok(decoder, decoderBytes) ->
            Ok {
                Standing = standing
                Trial = trial
                Points = Option.defaultValue [] points
                Decoder = decoder
                Bytes = pointBytes + decoderBytes
            })

let rec private affordable left latents =
    match latents with
    | latent :: rest when latent.Bytes <= left -> latent :: affordable (left - latent.Bytes) rest
    | _ :: rest -> affordable left rest
    | [] -> []

/// The section, where trials left such files; in order of rank, as many as one file can carry.
let build
    (read: string -> Result<byte array, string>)
    (summary: Summary)
    (artifacts: ArtifactRecord list)
    : Latents | null =
    let ofLatents =
        artifacts
        |> List.filter (fun artifact -> artifact.Kind = "latent" || artifact.Kind = "decoder")
        |> List.groupBy _.TrialId
        |> Map.ofList

    let standings =
        match
            summary.Readings
            |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)
        with
        | Some reading when not ofLatents.IsEmpty -> reading.Standings
        | _ -> []

    let read = standings |> List.choose (latent read ofLatents)

    let whole =
        read
        |> List.choose (fun found ->
            match found with
            | Ok latent when latent.Bytes > 0 -> Some latent
            | _ -> None)

    let shown = affordable budget whole

    let notes = [
        if shown.Length < whole.Length then
            $"{shown.Length} of {Numbers.configurations whole.Length}, the first in rank that fit into this file."
        for found in read do
            match found with
            | Error reason -> $"Not shown: {reason}"
            | Ok _ -> ()
    ]

    match shown, notes with
    | [], [] -> null
    | _ ->
        Latents(
            [|
                for latent in shown ->
                    LatentChoice(
                        latent.Standing.Configuration.Id,
                        Labels.configuration summary.Names latent.Standing.Configuration.Varied
                    )
            |],
            shown |> List.exists (fun latent -> not latent.Points.IsEmpty),
            shown |> List.exists (fun latent -> latent.Decoder.IsSome),
            String.concat " " notes,
            write summary shown
        )
