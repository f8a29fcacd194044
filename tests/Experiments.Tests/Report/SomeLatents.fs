/// Latent spaces made by hand: points and a decoder whose output was computed here, not in the page.
module Orchestrator.Experiments.Tests.Report.SomeLatents

open System
open System.IO
open System.Text
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Tests.Report.SomeSweep

let private side = 8
let private hidden = 16

let private base64 (values: float32 array) =
    values |> Array.collect BitConverter.GetBytes |> Convert.ToBase64String

// Multiples of 1/256 keep their value without the lowest byte of a float.
let private shortened (values: float32 array) =
    values
    |> Array.collect (fun value -> (BitConverter.GetBytes value)[1..])
    |> Convert.ToBase64String

let private matrix (random: Random) count =
    Array.init count (fun _ -> float32 (random.Next(-256, 257)) / 256.0f)

let private linear (weight: float32 array) (bias: float32 array) (values: float array) =
    Array.init bias.Length (fun row ->
        let own =
            Array.init values.Length (fun column -> float weight[row * values.Length + column] * values[column])

        Array.sum own + float bias[row])

let private text (values: float array) =
    values
    |> Array.map (fun value -> value.ToString("R", Globalization.CultureInfo.InvariantCulture))
    |> String.concat ","

let private range latent =
    let all (value: float) = text (Array.create latent value)
    $""""prior":"normal","centre":[{all 0.0}],"reach":[{all 3.0}]"""

/// A decoder of one hidden layer, with two codes that it was checked by; `error` is added to the expected pixels.
let decoder (latent: int) (error: float) =
    let random = Random 11
    let weights = matrix random (hidden * latent), matrix random hidden
    let last = matrix random (side * side * hidden), matrix random (side * side)

    let decode code =
        linear (fst weights) (snd weights) code
        |> Array.map (max 0.0)
        |> linear (fst last) (snd last)
        |> Array.map (fun value -> float32 (1.0 / (1.0 + exp -value) + error))

    let layer into out (weight, bias) =
        $"""{{"type":"linear","in":{into},"out":{out},"weight":"{shortened weight}","bias":"{shortened bias}"}}"""

    let check code =
        $"""{{"z":[{text code}],"class":0,"image":"{base64 (decode code)}"}}"""

    let codes = [ Array.create latent 0.5; Array.init latent (fun i -> -1.25 + float i) ]

    $"""{{"version":2,"latent":{latent},"classes":0,"shape":[1,{side},{side}],{range latent},"mean":"sigmoid","layers":[{layer latent hidden weights},{{"type":"relu"}},{layer hidden (side * side) last}],"checks":[{String.Join(",", codes |> List.map check)}]}}"""
    |> Encoding.UTF8.GetBytes

let private count = 60
let private columns = 25

/// Sixty encoded images of three classes.
let points =
    let random = Random 5
    let labels = List.init count (fun index -> index % 3)

    let near (centre: int) =
        float centre + 0.3 * random.NextDouble()

    let pairs () =
        labels
        |> List.map (fun label -> $"[{text [| near label; near (label * label) |]}]")
        |> String.concat ","

    let indices = List.init count (fun index -> string (7 * index)) |> String.concat ","

    $"""{{"version":1,"latent":5,"indices":[{indices}],"labels":[{labels |> List.map string |> String.concat ","}],"pca":[{pairs ()}],"tsne":[{pairs ()}],"codes":null,"thumbnails":{{"count":{count},"columns":{columns},"width":{side},"height":{side}}}}}"""
    |> Encoding.UTF8.GetBytes

/// Their pictures: each of one grey, its index times four.
let thumbnails =
    let rows = (count + columns - 1) / columns

    SomePng.grey (columns * side) (rows * side) (fun x y ->
        let place = y / side * columns + x / side
        if place < count then byte (4 * place) else 0uy)

/// Images decoded in advance: along lines of a code of `latent` dimensions, or the plane of two.
let sprites latent =
    let steps = 5
    let dimensions = if latent = 2 then [ 0; 1 ] else [ latent - 1; 0 ]
    let rows = if latent = 2 then steps else dimensions.Length

    let sheet =
        SomePng.grey (steps * side) (rows * side) (fun x y -> byte (40 * (x / side) + 8 * (y / side)))

    $"""{{"version":1,"latent":{latent},"classes":0,"shape":[1,{side},{side}],{range latent},"dimensions":[{dimensions |> List.map string |> String.concat ","}],"steps":{steps},"png":"{Convert.ToBase64String sheet}"}}"""
    |> Encoding.UTF8.GetBytes

/// The results with files of these kinds and names for every completed trial.
let add (contents: (string * string * byte array) list) (results: SweepResults, files: (string * byte array) list) =
    let made = [
        for trial in results.Trials do
            if trial.State = TrialState.Completed then
                for kind, name, bytes in contents do
                    {
                        TrialId = trial.Id
                        Kind = kind
                        Path = $"{trial.Folder}/{name}"
                        Sha256 = Convert.ToHexStringLower(Security.Cryptography.SHA256.HashData bytes)
                        Bytes = bytes.LongLength
                        Epoch = trial.EpochsDone
                        Description = ""
                    },
                    bytes
    ]

    {
        results with
            Artifacts = results.Artifacts @ List.map fst made
    },
    files @ (made |> List.map (fun (artifact, bytes) -> artifact.Path, bytes))

/// Writes the report of a sweep whose completed trials all left these files; gives its path.
let writeFilesOf (shape: Shape) (contents: (string * string * byte array) seq) (folder: string) =
    make { shape with Images = false }
    |> add (List.ofSeq contents)
    |> writeResults folder

/// Writes a report whose trials left these files; gives its path.
let writeFiles (contents: (string * string * byte array) seq) (folder: string) =
    make { usual with Images = false }
    |> add (List.ofSeq contents)
    |> writeResults folder

/// Writes a report with encoded images and a decoder; gives its path.
let writeReport (latent: int) (error: float) (folder: string) =
    writeFiles
        [
            "latent", "latent.json", points
            "thumbnails", "thumbnails.png", thumbnails
            "decoder", "decoder.json", decoder latent error
        ]
        folder

/// Writes a report whose decoders are too large for a page; gives its path.
let writeSprites (latent: int) (folder: string) =
    writeFiles [ "latent", "latent.json", points; "sprites", "sprites.json", sprites latent ] folder
