/// Reads what trials leave behind of their latent space, checked before it enters the page.
module Orchestrator.Experiments.Report.LatentArtifacts

open System
open System.Text.Json

/// Where small pictures stand on a sheet, row by row.
type Tiles = {
    Count: int
    Columns: int
    Width: int
    Height: int
}

/// Encoded images: their places in the test set, their classes, and their coordinates in each projection.
type Points = {
    Indices: int list
    /// Empty where the data have no classes.
    Labels: int list
    /// By name; x and y in turns.
    Projections: (string * float list) list
    Tiles: Tiles option
}

/// Where codes lie: the middle of each dimension, and how far it goes to either side.
type Range = {
    /// normal, uniform, or codes (of encoded images).
    Prior: string
    Centre: float list
    Reach: float list
}

/// Images decoded in advance.
type Sprites = {
    Latent: int
    Classes: int
    Shape: int * int * int
    Range: Range
    /// The dimensions that are moved: both of a plane, or one a row.
    Dimensions: int list
    Steps: int
    /// A PNG, base64.
    Sheet: string
}

let private projections = [ "codes"; "pca"; "tsne" ]
let private priors = [ "normal"; "uniform"; "codes" ]

// What a file should hold and does not ends its reading with one of these.
exception internal Unreadable of reason: string

let internal property (name: string) (element: JsonElement) =
    match element.TryGetProperty name with
    | true, value -> value
    | false, _ -> raise (Unreadable $"has no '{name}'")

let internal items (element: JsonElement) = List.ofSeq (element.EnumerateArray())

let internal whole (element: JsonElement) = element.GetInt32()

let internal finite (element: JsonElement) =
    let value = element.GetDouble()

    if Double.IsFinite value then
        value
    else
        raise (Unreadable "holds a number that is not finite")

let internal parse read (bytes: byte array) =
    try
        use document = JsonDocument.Parse(ReadOnlyMemory bytes)
        Ok(read document.RootElement)
    with
    | Unreadable reason -> Error reason
    | :? JsonException -> Error "is not JSON"
    | :? InvalidOperationException
    | :? FormatException -> Error "holds a value of another kind than its format says"

let private present (name: string) (element: JsonElement) =
    match element.TryGetProperty name with
    | true, value when value.ValueKind <> JsonValueKind.Null -> Some value
    | _ -> None

let private pair (element: JsonElement) =
    match items element with
    | [ x; y ] -> [ finite x; finite y ]
    | other -> raise (Unreadable $"gives {other.Length} coordinates to a point of the plane")

let private tiles (element: JsonElement) = {
    Count = whole (property "count" element)
    Columns = whole (property "columns" element)
    Width = whole (property "width" element)
    Height = whole (property "height" element)
}

/// The points of a `latent` artifact.
let points: byte array -> Result<Points, string> =
    parse (fun root ->
        let indices = items (property "indices" root) |> List.map whole

        let sized name (values: 'a list) =
            if values.Length <> indices.Length then
                raise (Unreadable $"gives {values.Length} {name} to {indices.Length} points")

            values

        {
            Indices = indices
            Labels =
                match present "labels" root with
                | Some labels -> items labels |> sized "labels" |> List.map whole
                | None -> []
            Projections =
                projections
                |> List.choose (fun name ->
                    present name root
                    |> Option.map (fun pairs -> name, items pairs |> sized name |> List.collect pair))
            Tiles = present "thumbnails" root |> Option.map tiles
        })

let internal shape (element: JsonElement) =
    match items element |> List.map whole with
    | [ channels; height; width ] -> channels, height, width
    | _ -> raise (Unreadable "has a shape that is not channels, height and width")

/// The range of the codes of a decoder or its sprites.
let internal range latent (root: JsonElement) =
    let numbers name =
        let found = items (property name root) |> List.map finite

        if found.Length <> latent then
            raise (Unreadable $"gives the {name} of {found.Length} dimensions, not of {latent}")

        found

    let prior = string ((property "prior" root).GetString())

    if not (List.contains prior priors) then
        raise (Unreadable $"has the unknown prior '{prior}'")

    {
        Prior = prior
        Centre = numbers "centre"
        Reach = numbers "reach"
    }

let private pngSignature = [| 0x89uy; 0x50uy; 0x4Euy; 0x47uy |]

/// The images of a `sprites` artifact.
let sprites: byte array -> Result<Sprites, string> =
    parse (fun root ->
        let latent = whole (property "latent" root)
        let sheet = string ((property "png" root).GetString())

        if not ((Convert.FromBase64String sheet).AsSpan().StartsWith(ReadOnlySpan pngSignature)) then
            raise (Unreadable "holds no PNG image")

        let dimensions = items (property "dimensions" root) |> List.map whole

        if
            dimensions
            |> List.exists (fun dimension -> dimension < 0 || dimension >= latent)
        then
            raise (Unreadable $"moves a dimension that a code of {latent} has not")

        {
            Latent = latent
            Classes = whole (property "classes" root)
            Shape = shape (property "shape" root)
            Range = range latent root
            Dimensions = dimensions
            Steps = whole (property "steps" root)
            Sheet = sheet
        })
