module Orchestrator.Experiments.Tests.Scripting.SweepBuilderTests

open System.Reflection
open Microsoft.FSharp.Reflection
open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Scripting
open Xunit

let private valid (result: Result<Sweep, Problem list>) =
    match result with
    | Ok sweep -> sweep
    | Error problems -> failwithf "%A" problems

let private problems (result: Result<Sweep, Problem list>) =
    match result with
    | Ok sweep -> failwithf "no problem in %A" sweep
    | Error problems -> problems |> List.map string

let private json (points: ParameterSet list) = points |> List.map _.ToJson()

[<Fact>]
let ``the example of the architecture becomes the domain's sweep`` () =
    let study =
        sweep "fashion-beta-latent" {
            dataset FashionMnist
            fix Param.encoder Conv
            vary Param.latent [ 2; 8; 16; 32 ]
            vary Param.depth [ 2..4 ]
            vary Param.beta [ 0.5; 1.0; 4.0 ]

            lockstep {
                vary Param.width [ 32; 64 ]
                vary Param.learningRate [ 1e-3; 5e-4 ]
            }

            seeds 5
            epochs [ 10; 20; 50 ]
        }
        |> valid

    Assert.Equal("fashion-beta-latent", study.Name)
    Assert.Equal("""{"dataset":"fashion-mnist","encoder":"conv"}""", study.Fixed.ToJson())

    Assert.Equal<string list list>(
        [ [ "latent" ]; [ "depth" ]; [ "beta" ]; [ "width"; "learning_rate" ] ],
        study.Axes |> List.map _.Parameters
    )

    Assert.Equal<string list>(
        [
            """{"learning_rate":0.001,"width":32}"""
            """{"learning_rate":0.0005,"width":64}"""
        ],
        json (List.last study.Axes).Points
    )

    Assert.Equal(5, study.Seeds.Length)
    Assert.Equal<int list>([ 10; 20; 50 ], study.Epochs)

[<Theory>]
[<InlineData(true)>]
[<InlineData(false)>]
let ``ordinary if, for and match work between the lines`` (large: bool) =
    let study =
        sweep "flow" {
            dataset Mnist

            if large then
                fix Param.width 512
                vary Param.latent [ 2; 64 ]
            else
                vary Param.latent [ 2 ]

            for encoder, depths in [ Dense, [ 1; 2 ]; Conv, [ 2; 3 ] ] do
                given Param.encoder encoder { vary Param.depth depths }

            match large with
            | true -> epochs [ 50 ]
            | false -> epochs [ 1 ]
        }
        |> valid

    Assert.Equal(large, study.Fixed.Contains "width")
    Assert.Equal((if large then 2 else 1), study.Axes.Head.Points.Length)
    Assert.Equal<int list>((if large then [ 50 ] else [ 1 ]), study.Epochs)

    Assert.Equal<string option list>(
        [ None; Some """{"encoder":"dense"}"""; Some """{"encoder":"conv"}""" ],
        study.Axes |> List.map (fun axis -> axis.When |> Option.map _.ToJson())
    )

[<Fact>]
let ``conditions add up when they are nested, and a fixed value under a condition is an axis`` () =
    let study =
        sweep "nested" {
            given Param.family Vae {
                fix Param.beta 4.0

                given Param.encoder Conv { vary Param.depth [ 2; 3 ] }
            }
        }
        |> valid

    Assert.Equal(0, study.Fixed.Count)

    Assert.Equal<string list>(
        [ """{"family":"vae"}"""; """{"encoder":"conv","family":"vae"}""" ],
        study.Axes |> List.choose _.When |> json
    )

[<Fact>]
let ``either puts alternatives one after the other, each completed with defaults`` () =
    let study =
        sweep "either" {
            either {
                vary Param.beta [ 2.0; 4.0 ]

                lockstep {
                    vary Param.width [ 64; 128 ]
                    fix Param.depth 3
                }
            }
        }
        |> valid

    Assert.Equal<string list>([ "beta"; "width"; "depth" ], study.Axes.Head.Parameters)

    Assert.Equal<string list>(
        [
            """{"beta":2.0,"depth":2,"width":32}"""
            """{"beta":4.0,"depth":2,"width":32}"""
            """{"beta":1.0,"depth":3,"width":64}"""
            """{"beta":1.0,"depth":3,"width":128}"""
        ],
        json study.Axes.Head.Points
    )

[<Fact>]
let ``exclude and including span the product of their lines`` () =
    let study =
        sweep "edges" {
            exclude {
                vary Param.latent [ 2; 4 ]
                fix Param.beta 4.0
            }

            including {
                fix Param.latent 64
                fix Param.depth 3
            }
        }
        |> valid

    Assert.Equal<string list>([ """{"beta":4.0,"latent":2}"""; """{"beta":4.0,"latent":4}""" ], json study.Exclude)
    Assert.Equal<string list>([ """{"depth":3,"latent":64}""" ], json study.Include)

[<Fact>]
let ``settings reach the sweep`` () =
    let study =
        sweep "settings" {
            minimize "val/mse"
            seedList [ 7UL; 9UL ]
            sampler (Sampler.Random(20, 1UL))
            pruner (Pruner.Median(3, 5, 1))
            workers 4
            threads 2
            device "cuda:1"
            retry (fun policy -> { policy with Lost = 9 })
            reportFile "beta.html"
        }
        |> valid

    Assert.Equal("val/mse", study.Objective.Metric)
    Assert.Equal(MetricDirection.Minimize, study.Objective.Direction)
    Assert.Equal<uint64 list>([ 7UL; 9UL ], study.Seeds)
    Assert.Equal(Sampler.Random(20, 1UL), study.Sampler)
    Assert.Equal(Pruner.Median(3, 5, 1), study.Pruner)
    Assert.Equal(Amount.Exactly 4, study.Resources.Workers)
    Assert.Equal(Amount.Exactly 2, study.Resources.Threads)
    Assert.Equal("cuda:1", study.Resources.Device)
    Assert.Equal(9, study.Retry.Lost)
    Assert.Equal("beta.html", study.ReportFile)

[<Fact>]
let ``what contradicts itself is reported all at once, each with its place and remedy`` () =
    let found =
        sweep "contradictions" {
            fix Param.latent 2
            fix Param.latent 8
            epochs [ 1 ]
            epochs [ 2 ]

            lockstep {
                vary Param.width [ 32; 64; 128 ]
                vary Param.depth [ 2; 3 ]
            }

            either {
                dataset Mnist
                fix Param.beta 2.0
            }
        }
        |> problems

    Assert.Equal<string list>(
        [
            "parameter latent: it is fixed 2 times. Fix it once; to try several values, vary it."
            "epochs: it is said 2 times. Say 'epochs' once."
            "width, depth: in lockstep each needs as many values as the others, but they have width 3, depth 2. Give the lists the same length, or one value that serves for all."
            "dataset: one alternative of 'either' gives it a value, another does not, and it has no default. Give dataset a value in every alternative."
        ],
        found
    )

[<Fact>]
let ``every parameter of the catalogue has a handle`` () =
    let modul =
        typeof<Handle<int>>.Assembly.GetType("Orchestrator.Experiments.Scripting.Param", true)
        |> Option.ofObj
        |> Option.get

    let nameOf (property: PropertyInfo) =
        match property.GetValue null with
        | null -> None
        | handle ->
            match property.PropertyType.GetProperty("Definition") with
            | null -> None
            | definition ->
                match definition.GetValue handle with
                | :? ParameterDefinition as definition -> Some definition.Name
                | _ -> None

    let handles = modul.GetProperties() |> Seq.choose nameOf |> Set.ofSeq
    let catalogue = ParameterCatalogue.All |> Seq.map _.Name |> Set.ofSeq
    Assert.Equal<Set<string>>(catalogue, handles)

[<Fact>]
let ``the cases of every choice are those of the catalogue`` () =
    let check (handle: Handle<'Union>) =
        let written =
            FSharpType.GetUnionCases typeof<'Union>
            |> Array.map (fun case -> string (handle.Write(FSharpValue.MakeUnion(case, [||]) :?> 'Union)))

        Assert.Equal<string seq>(handle.Definition.Choices, written)

        for choice in handle.Definition.Choices do
            let value: ParameterValue = ParameterValue.Text choice
            Assert.Equal(choice, value |> handle.Read |> handle.Write |> string)

    check Param.dataset
    check Param.family
    check Param.encoder
    check Param.likelihood
    check Param.reduction
    check Param.divergenceReduction
    check Param.codeActivation
    check Param.outputActivation
    check Param.noise
    check Param.schedule
    check Param.initialisation

[<Fact>]
let ``a list of whole numbers is a parameter's value like any other`` () =
    let written = Param.hidden.Write [ 512; 256 ]
    Assert.Equal("[512,256]", written.ToJson())
    Assert.Equal<int list>([ 512; 256 ], Param.hidden.Read written)
