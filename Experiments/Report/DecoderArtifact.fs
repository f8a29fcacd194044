/// Reads a decoder that a trial left for pages, with every size checked.
module Orchestrator.Experiments.Report.DecoderArtifact

open System
open System.Text.Json
open Orchestrator.Experiments.Report.LatentArtifacts

/// A layer: its type, its whole numbers and its weights by name. Weights are base64 of the upper three bytes of floats.
type Layer = {
    Type: string
    Sizes: (string * int) list
    Weights: (string * string) list
}

/// A code with the core's own output, which is base64 of 32-bit floats.
type Check = {
    Code: float list
    Class: int
    Image: string
}

/// A decoder small enough to run in the page.
type Decoder = {
    Latent: int
    Classes: int
    Shape: int * int * int
    Range: Range
    Layers: Layer list
    /// The likelihood's mean of the last layer: sigmoid or identity.
    Mean: string
    Checks: Check list
}

/// What a layer type reads, how many numbers each of its weights has, and the shape that it gives.
type private Kind = {
    Names: string list
    Weights: (string -> int) -> (string * int) list
    Output: (string -> int) -> int * int * int -> int * int * int
}

let private convolution = [ "in"; "out"; "kernel"; "stride"; "padding" ]

let private kernels size =
    size "in" * size "out" * size "kernel" * size "kernel"

let private kinds =
    Map [
        "linear",
        {
            Names = [ "in"; "out" ]
            Weights = fun size -> [ "weight", size "in" * size "out"; "bias", size "out" ]
            Output =
                fun size (c, h, w) ->
                    if c * h * w = size "in" then
                        size "out", 1, 1
                    else
                        raise (
                            Unreadable
                                $"""has a layer that reads {size "in"} numbers after one that gives {c * h * w}"""
                        )
        }
        "relu",
        {
            Names = []
            Weights = fun _ -> []
            Output = fun _ -> id
        }
        "unflatten",
        {
            Names = [ "channels"; "height"; "width" ]
            Weights = fun _ -> []
            Output =
                fun size (c, h, w) ->
                    let shape = size "channels", size "height", size "width"

                    if size "channels" * size "height" * size "width" = c * h * w then
                        shape
                    else
                        raise (Unreadable $"folds {c * h * w} numbers into an image of another size")
        }
        "conv",
        {
            Names = convolution
            Weights = fun size -> [ "weight", kernels size; "bias", size "out" ]
            Output =
                fun size (_, h, w) ->
                    let side length =
                        (length + 2 * size "padding" - size "kernel") / size "stride" + 1

                    size "out", side h, side w
        }
        "conv-transpose",
        {
            Names = convolution @ [ "outputPadding" ]
            Weights = fun size -> [ "weight", kernels size; "bias", size "out" ]
            Output =
                fun size (_, h, w) ->
                    let side length =
                        (length - 1) * size "stride" - 2 * size "padding"
                        + size "kernel"
                        + size "outputPadding"

                    size "out", side h, side w
        }
        "upsample",
        {
            Names = [ "side" ]
            Weights = fun _ -> []
            Output = fun size (c, _, _) -> c, size "side", size "side"
        }
        "crop",
        {
            Names = [ "before"; "side" ]
            Weights = fun _ -> []
            Output = fun size (c, _, _) -> c, size "side", size "side"
        }
        "residual",
        {
            Names = convolution
            Weights =
                fun size -> [
                    "weight", kernels size
                    "bias", size "out"
                    "weight2", kernels size
                    "bias2", size "out"
                ]
            Output = fun _ -> id
        }
    ]

let private numbers bytesOfOne count (element: JsonElement) =
    let text = string (element.GetString())

    if (Convert.FromBase64String text).Length <> bytesOfOne * count then
        raise (Unreadable $"does not hold the {count} numbers that its sizes ask for")

    text

let private sizeIn (sizes: (string * int) list) name =
    List.find (fst >> (=) name) sizes |> snd

let private layer (element: JsonElement) : Layer =
    let name = string ((property "type" element).GetString())

    match Map.tryFind name kinds with
    | None -> raise (Unreadable $"has a layer of the unknown type '{name}'")
    | Some kind ->
        let sizes = [ for size in kind.Names -> size, whole (property size element) ]

        {
            Type = name
            Sizes = sizes
            Weights = [
                for weight, count in kind.Weights(sizeIn sizes) -> weight, numbers 3 count (property weight element)
            ]
        }

let private output decoder =
    decoder.Layers
    |> List.fold
        (fun shape (layer: Layer) -> (Map.find layer.Type kinds).Output (sizeIn layer.Sizes) shape)
        (decoder.Latent + decoder.Classes, 1, 1)

let private checkedWhole decoder =
    let channels, height, width = decoder.Shape
    let given, high, wide = output decoder

    if given * high * wide <> channels * height * width then
        raise (Unreadable "does not end in an image of its shape")

    if not (List.contains decoder.Mean [ "sigmoid"; "identity" ]) then
        raise (Unreadable $"has the unknown mean '{decoder.Mean}'")

    if decoder.Checks |> List.exists (fun check -> check.Code.Length <> decoder.Latent) then
        raise (Unreadable "checks a code of another size")

    decoder

/// The decoder of a `decoder` artifact.
let decoder: byte array -> Result<Decoder, string> =
    parse (fun root ->
        let version = whole (property "version" root)

        if version <> 2 then
            raise (Unreadable $"has format {version}, which this version of the program does not read")

        let channels, height, width = shape (property "shape" root)
        let latent = whole (property "latent" root)

        checkedWhole {
            Latent = latent
            Classes = whole (property "classes" root)
            Shape = channels, height, width
            Range = range latent root
            Layers = items (property "layers" root) |> List.map layer
            Mean = string ((property "mean" root).GetString())
            Checks =
                items (property "checks" root)
                |> List.map (fun check -> {
                    Code = items (property "z" check) |> List.map finite
                    Class = whole (property "class" check)
                    Image = numbers 4 (channels * height * width) (property "image" check)
                })
        })
