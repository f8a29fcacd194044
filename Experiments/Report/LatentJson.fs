/// Latent spaces as the page reads them.
module Orchestrator.Experiments.Report.LatentJson

open System.Globalization
open System.Text.Json
open Orchestrator.Experiments.Report.LatentArtifacts

// Five digits are beyond any screen.
let private number (json: Utf8JsonWriter) (value: float) =
    json.WriteRawValue(value.ToString("G5", CultureInfo.InvariantCulture), true)

// A decoder is checked by these to the last digit.
let private exact (json: Utf8JsonWriter) (value: float) =
    json.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture), true)

// Base64 has no character that could end a script element; the encoder would still lengthen its plus signs.
let private base64 (json: Utf8JsonWriter) (name: string) (text: string) =
    json.WritePropertyName name
    json.WriteRawValue($"\"{text}\"", true)

let private array (json: Utf8JsonWriter) (name: string) write (values: 'a list) =
    json.WriteStartArray name
    List.iter write values
    json.WriteEndArray()

let private integers (json: Utf8JsonWriter) name (values: int list) =
    array json name (fun (value: int) -> json.WriteNumberValue value) values

let private shape json (channels, height, width) =
    integers json "shape" [ channels; height; width ]

let private range (json: Utf8JsonWriter) (range: Range) =
    json.WriteString("prior", range.Prior)
    array json "centre" (exact json) range.Centre
    array json "reach" (exact json) range.Reach

/// Encoded images; `sheet` is the place of their small pictures among the sheets.
let points (json: Utf8JsonWriter) (sheet: int option) (points: Points) =
    json.WriteStartObject "points"
    integers json "indices" points.Indices
    integers json "labels" points.Labels

    for name, values in points.Projections do
        array json name (number json) values

    sheet |> Option.iter (fun sheet -> json.WriteNumber("sheet", sheet))
    json.WriteEndObject()

/// A sheet of small pictures.
let sheet (json: Utf8JsonWriter) (tiles: Tiles) (png: byte array) =
    json.WriteStartObject()
    json.WriteNumber("count", tiles.Count)
    json.WriteNumber("columns", tiles.Columns)
    json.WriteNumber("width", tiles.Width)
    json.WriteNumber("height", tiles.Height)
    base64 json "png" (System.Convert.ToBase64String png)
    json.WriteEndObject()

/// Images decoded in advance.
let sprites (json: Utf8JsonWriter) (sprites: Sprites) =
    json.WriteStartObject "sprites"
    json.WriteNumber("latent", sprites.Latent)
    json.WriteNumber("classes", sprites.Classes)
    shape json sprites.Shape
    range json sprites.Range
    integers json "dimensions" sprites.Dimensions
    json.WriteNumber("steps", sprites.Steps)
    base64 json "png" sprites.Sheet
    json.WriteEndObject()

let private layer (json: Utf8JsonWriter) (layer: DecoderArtifact.Layer) =
    json.WriteStartObject()
    json.WriteString("type", layer.Type)

    for name, size in layer.Sizes do
        json.WriteNumber(name, size)

    for name, weights in layer.Weights do
        base64 json name weights

    json.WriteEndObject()

let private check (json: Utf8JsonWriter) (check: DecoderArtifact.Check) =
    json.WriteStartObject()
    array json "z" (exact json) check.Code
    json.WriteNumber("class", check.Class)
    base64 json "image" check.Image
    json.WriteEndObject()

/// A decoder that the page runs.
let decoder (json: Utf8JsonWriter) (decoder: DecoderArtifact.Decoder) =
    json.WriteStartObject "decoder"
    json.WriteNumber("latent", decoder.Latent)
    json.WriteNumber("classes", decoder.Classes)
    shape json decoder.Shape
    range json decoder.Range
    array json "layers" (layer json) decoder.Layers
    json.WriteString("mean", decoder.Mean)
    array json "checks" (check json) decoder.Checks
    json.WriteEndObject()
