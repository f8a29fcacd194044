module Orchestrator.Experiments.Tests.Report.DistinguishingTests

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Report
open Xunit

let private word text : ParameterValue = ParameterValue.Text text

let private whole number : ParameterValue =
    ParameterValue.Integer(int64 (number: int))

let private real number : ParameterValue = ParameterValue.Real number

let private configuration (pairs: (string * ParameterValue) list) =
    ParameterSet.Of(pairs |> List.map KeyValuePair.Create)

let private names configurations =
    let all =
        configurations
        |> List.collect (fun (parameters: ParameterSet) -> List.ofSeq parameters.Names)
        |> List.distinct

    Distinguishing.names all configurations

[<Fact>]
let ``what changes with the family alone is left out`` () =
    let cvae data =
        configuration [
            "dataset", word data
            "family", word "cvae"
            "kernel", whole 3
            "decoder", word "dense"
        ]

    let vae data =
        configuration [
            "dataset", word data
            "family", word "vae"
            "kernel", whole 4
            "beta", real 4.0
        ]

    Assert.Equal<string list>(
        [ "dataset"; "family" ],
        List.sort (names [ cvae "mnist"; vae "mnist"; cvae "fashion-mnist"; vae "fashion-mnist" ])
    )

[<Fact>]
let ``of two that change in step the shorter one is kept`` () =
    let model (channels: int64 list) latent =
        configuration [
            "channels", ParameterValue.IntegerList(System.Collections.Immutable.ImmutableArray.CreateRange channels)
            "latent", whole latent
        ]

    Assert.Equal<string list>([ "latent" ], names [ model [ 16L; 64L ] 16; model [ 32L; 64L; 256L; 512L ] 32 ])

[<Fact>]
let ``every axis of a grid is kept`` () =
    let grid = [
        for latent in [ 2; 4; 8 ] do
            for beta in [ 1.0; 4.0 ] -> configuration [ "latent", whole latent; "beta", real beta ]
    ]

    Assert.Equal<string list>([ "beta"; "latent" ], List.sort (names grid))

[<Fact>]
let ``values drawn at random, each of which is another, leave nothing out`` () =
    let drawn = [
        for i in 1..12 ->
            configuration [
                "latent", whole (i * i)
                "learning_rate", real (0.001 * float i)
                "depth", whole (i % 3)
            ]
    ]

    Assert.Equal<string list>([ "depth"; "latent"; "learning_rate" ], List.sort (names drawn))

[<Fact>]
let ``a parameter that only some configurations read does not stand for one that all do`` () =
    let normal = configuration [ "noise_distribution", word "normal" ]

    let uniform low =
        configuration [
            "noise_distribution", word "uniform"
            "noise_low", real low
            "noise_high", real 1.0
        ]

    Assert.Equal<string list>(
        [ "noise_distribution"; "noise_low" ],
        List.sort (names [ normal; uniform -1.0; uniform 0.0 ])
    )
