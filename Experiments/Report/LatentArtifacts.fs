/// Reads what trials leave behind of their latent space, checked before it enters the page.
module Orchestrator.Experiments.Report.LatentArtifacts

open System
open System.Text.Json

/// An encoded image: its place in the data set, its class, and its coordinates in each projection.
type Point = {
    Index: int
    Label: int
    Coordinates: Map<string, float * float>
}

/// A layer of a decoder.
[<RequireQualifiedAccess>]
type Layer =
    /// A matrix of `out` rows of `into` columns, and a bias, both base64 of little-endian 32-bit floats.
    | Linear of into: int * out: int * weight: string * bias: string
    | Relu

/// A decoder small enough to run in the page.
type Decoder = {
    Latent: int
    Shape: int * int * int
    Layers: Layer list
    /// The likelihood's mean of the last layer: sigmoid or identity.
    Mean: string
    /// Codes with the core's own output.
    Checks: (float list * string) list
}

let private projections = [ "pca"; "tsne" ]

// What a file should hold and does not ends its reading with one of these.
exception private Unreadable of reason: string

let private property (name: string) (element: JsonElement) =
    match element.TryGetProperty name with
    | true, value -> value
    | false, _ -> raise (Unreadable $"has no '{name}'")

let private items (element: JsonElement) = List.ofSeq (element.EnumerateArray())

let private finite (element: JsonElement) =
    let value = element.GetDouble()

    if Double.IsFinite value then
        value
    else
        raise (Unreadable "holds a number that is not finite")

let private pair (element: JsonElement) =
    match items element with
    | [ x; y ] -> finite x, finite y
    | other -> raise (Unreadable $"gives {other.Length} coordinates to a point of the plane")

let private parse read (bytes: byte array) =
    try
        use document = JsonDocument.Parse(ReadOnlyMemory bytes)
        Ok(read document.RootElement)
    with
    | Unreadable reason -> Error reason
    | :? JsonException -> Error "is not JSON"
    | :? InvalidOperationException
    | :? FormatException -> Error "holds a value of another kind than its format says"

let private point (element: JsonElement) = {
    Index = (property "index" element).GetInt32()
    Label = (property "label" element).GetInt32()
    Coordinates =
        projections
        |> List.choose (fun name ->
            match element.TryGetProperty name with
            | true, value -> Some(name, pair value)
            | false, _ -> None)
        |> Map.ofList
}

/// The points of a `latent` artifact: `{"points":[{"index":0,"label":7,"pca":[x,y],"tsne":[x,y]}]}`.
let points: byte array -> Result<Point list, string> =
    parse (property "points" >> items >> List.map point)

let private floats count (element: JsonElement) =
    let text = string (element.GetString())

    if (Convert.FromBase64String text).Length <> 4 * count then
        raise (Unreadable $"does not hold the {count} numbers that its sizes ask for")

    text

let private layer (element: JsonElement) =
    match string ((property "type" element).GetString()) with
    | "relu" -> Layer.Relu
    | "linear" ->
        let into = (property "in" element).GetInt32()
        let out = (property "out" element).GetInt32()
        Layer.Linear(into, out, floats (into * out) (property "weight" element), floats out (property "bias" element))
    | other -> raise (Unreadable $"has a layer of the unknown type '{other}'")

let private shape (element: JsonElement) =
    match items element |> List.map _.GetInt32() with
    | [ channels; height; width ] -> channels, height, width
    | _ -> raise (Unreadable "has a shape that is not channels, height and width")

let private widths decoder =
    decoder.Layers
    |> List.fold
        (fun width layer ->
            match layer with
            | Layer.Relu -> width
            | Layer.Linear(into, out, _, _) when into = width -> out
            | Layer.Linear(into, _, _, _) ->
                raise (Unreadable $"has a layer that reads {into} numbers after one that gives {width}"))
        decoder.Latent

/// The decoder of a `decoder` artifact, with every size checked.
let decoder: byte array -> Result<Decoder, string> =
    parse (fun root ->
        let channels, height, width = shape (property "shape" root)

        let found = {
            Latent = (property "latent" root).GetInt32()
            Shape = channels, height, width
            Layers = items (property "layers" root) |> List.map layer
            Mean = string ((property "mean" root).GetString())
            Checks =
                items (property "checks" root)
                |> List.map (fun check ->
                    items (property "z" check) |> List.map finite,
                    floats (channels * height * width) (property "image" check))
        }

        if widths found <> channels * height * width then
            raise (Unreadable "does not end in an image of its shape")

        if not (List.contains found.Mean [ "sigmoid"; "identity" ]) then
            raise (Unreadable $"has the unknown mean '{found.Mean}'")

        if found.Checks |> List.exists (fun (code, _) -> code.Length <> found.Latent) then
            raise (Unreadable "checks a code of another size")

        found)
