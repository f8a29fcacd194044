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

let private matrix (random: Random) count =
    Array.init count (fun _ -> float32 (2.0 * random.NextDouble() - 1.0))

let private linear (weight: float32 array) (bias: float32 array) (values: float array) =
    Array.init bias.Length (fun row ->
        let own =
            Array.init values.Length (fun column -> float weight[row * values.Length + column] * values[column])

        Array.sum own + float bias[row])

let private text (values: float array) =
    values
    |> Array.map (fun value -> value.ToString("R", Globalization.CultureInfo.InvariantCulture))
    |> String.concat ","

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
        $"""{{"type":"linear","in":{into},"out":{out},"weight":"{base64 weight}","bias":"{base64 bias}"}}"""

    let check code =
        $"""{{"z":[{text code}],"image":"{base64 (decode code)}"}}"""

    let codes = [ Array.create latent 0.5; Array.init latent (fun i -> -1.25 + float i) ]

    $"""{{"latent":{latent},"shape":[1,{side},{side}],"mean":"sigmoid","layers":[{layer latent hidden weights},{{"type":"relu"}},{layer hidden (side * side) last}],"checks":[{String.Join(",", codes |> List.map check)}]}}"""
    |> Encoding.UTF8.GetBytes

/// Sixty encoded images of three classes.
let points =
    let random = Random 5

    let point index =
        let label = index % 3

        let near centre =
            float centre + 0.3 * random.NextDouble()

        let pair () =
            text [| near label; near (label * label) |]

        $"""{{"index":{index},"label":{label},"pca":[{pair ()}],"tsne":[{pair ()}]}}"""

    $"""{{"points":[{String.Join(",", List.init 60 point)}]}}"""
    |> Encoding.UTF8.GetBytes

/// The results with files of these kinds for every completed trial.
let add (contents: (string * byte array) list) (results: SweepResults, files: (string * byte array) list) =
    let made = [
        for trial in results.Trials do
            if trial.State = TrialState.Completed then
                for kind, bytes in contents do
                    {
                        TrialId = trial.Id
                        Kind = kind
                        Path = $"{trial.Folder}/{kind}.json"
                        Sha256 = ""
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

/// Writes a report with encoded images and a decoder; gives its path.
let writeReport (latent: int) (error: float) (folder: string) =
    make { usual with Images = false }
    |> add [ "latent", points; "decoder", decoder latent error ]
    |> writeResults folder
