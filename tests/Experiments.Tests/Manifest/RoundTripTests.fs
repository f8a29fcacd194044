module Orchestrator.Experiments.Tests.Manifest.RoundTripTests

open System.Collections.Generic
open System.Collections.Immutable
open FsCheck
open FsCheck.FSharp
open Xunit
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Tests

let private integer low high : Gen<ParameterValue> =
    Gen.choose (low, high)
    |> Gen.map (fun value -> ParameterValue.Integer(int64 value))

let private real low high : Gen<ParameterValue> =
    Gen.choose (0, 1_000_000)
    |> Gen.map (fun part -> ParameterValue.Real(low + (high - low) * float part / 1_000_000.0))

let private words = [
    "plain"
    ""
    "no"
    "true"
    "7"
    "1e3"
    "~"
    "a: b"
    "# x"
    "[x"
    "it's"
    "\"q\""
    "línea\nnova"
    " x "
    "*a"
    "&b"
    "-"
    "x y"
]

let private valueOf (definition: ParameterDefinition) : Gen<ParameterValue> =
    let low = definition.Minimum |> Option.ofNullable |> Option.defaultValue 0.0
    let high = definition.Maximum |> Option.ofNullable |> Option.defaultValue 1e6

    match definition.Kind with
    | ParameterKind.Integer -> integer (int low) (int high)
    | ParameterKind.Real -> real (if definition.ExclusiveMinimum then high / 1e7 else low) high
    | ParameterKind.Flag -> Gen.elements [ true; false ] |> Gen.map (fun value -> ParameterValue.Flag value)
    | ParameterKind.Choice ->
        Gen.elements definition.Choices
        |> Gen.map (fun value -> ParameterValue.Text value)
    | ParameterKind.IntegerList ->
        Gen.choose (1, 512)
        |> Gen.listOf
        |> Gen.map (fun values -> ParameterValue.IntegerList(values |> Seq.map int64 |> ImmutableArray.CreateRange))
    | _ -> Gen.elements words |> Gen.map (fun value -> ParameterValue.Text value)

let private some definitions : Gen<ParameterDefinition list> = Gen.subListOf definitions

let private setOf definitions : Gen<ParameterSet> =
    definitions
    |> List.map (fun (definition: ParameterDefinition) ->
        valueOf definition
        |> Gen.map (fun value -> KeyValuePair(definition.Name, value)))
    |> Gen.sequenceToList
    |> Gen.map ParameterSet.Of

let private axisOf definitions : Gen<Axis> =
    setOf definitions
    |> Gen.nonEmptyListOf
    |> Gen.map (fun points -> {
        Parameters = definitions |> List.map _.Name
        Points = points |> List.distinct |> List.truncate 6
        When = None
    })

// Disjoint parameters for what is fixed, for a zip and for single axes: such a sweep has no contradictions.
let private sweeps: Gen<Sweep> =
    gen {
        let byName names =
            SampleRules.definitions
            |> List.filter (fun definition -> List.contains definition.Name names)

        let! fixedOnes =
            some (byName [ "validation"; "family"; "shuffle"; "comment"; "layers" ])

        let! constants = setOf (byName [ "dataset" ] @ fixedOnes)
        let! single = some (byName [ "latent"; "beta"; "schedule"; "encoder" ])

        let! axes =
            single
            |> List.map (fun definition -> axisOf [ definition ])
            |> Gen.sequenceToList

        let! zip = axisOf (byName [ "width"; "learning_rate" ])
        let! zipped = Gen.elements [ true; false ]
        let! condition = setOf (byName [ "depth" ])
        let conditional = { zip with When = Some condition }
        let! included = setOf (byName [ "latent"; "batch_size" ])

        let! seeds =
            Gen.elements [
                [ 5UL ]
                [ 1UL; 2UL; 3UL ]
                [ 9UL; 4UL ]
                [ System.UInt64.MaxValue - 1UL; System.UInt64.MaxValue ]
            ]

        let! epochs = Gen.elements [ [ 1 ]; [ 10; 20; 50 ] ]
        let! workers = Gen.elements [ Amount.Auto; Amount.Exactly 3 ]

        let! sampler =
            Gen.elements [
                Sampler.Grid
                Sampler.Random(40, 7UL)
                Sampler.Sobol(64, 0UL)
                // Without an axis there is nothing to search.
                if not axes.IsEmpty || zipped then
                    Sampler.Tpe(50, 3UL, 12)
            ]

        // What prunes nothing in so few epochs is refused.
        let! pruner =
            Gen.elements (
                Pruner.Off
                :: (if List.max epochs > 2 then
                        [ Pruner.Median(0, 3, 2); Pruner.SuccessiveHalving(4, 2) ]
                    else
                        [])
            )

        let! lost = Gen.choose (0, 9)

        return {
            Defaults.sweep "round-trip" with
                Objective = {
                    Metric = "train/loss"
                    Direction = MetricDirection.Minimize
                }
                Fixed = ParameterSet.Of(Seq.append constants condition)
                Axes = axes @ (if zipped then [ conditional ] else [])
                Include = [ included ]
                Sampler = sampler
                Pruner = pruner
                Seeds = seeds
                Epochs = epochs
                Resources = {
                    Defaults.resources with
                        Workers = workers
                }
                Retry = { Defaults.retry with Lost = lost }
        }
    }

let private roundTrips sweep =
    let text = Printer.print SampleRules.rules sweep

    match Manifest.parse SampleRules.rules "printed.yaml" text with
    | Ok manifest -> manifest.Sweep = sweep |> Prop.label text
    | Error diagnostics -> false |> Prop.label (Diagnostic.print "printed.yaml" text diagnostics)

[<Fact>]
let ``reading a printed sweep gives the same sweep`` () =
    Check.One(Config.QuickThrowOnFailure.WithMaxTest 300, Prop.forAll (Arb.fromGen sweeps) roundTrips)

[<Fact>]
let ``a printed sweep is the same where numbers have a decimal comma`` () =
    let samples = Gen.sampleWithSeed (Rnd 11UL) 10 20 sweeps |> List.ofArray

    let printed () =
        samples |> List.map (Printer.print SampleRules.rules)

    Assert.Equal<string list>(printed (), SampleRules.underCommas printed)

    SampleRules.underCommas (fun () ->
        Check.One(Config.QuickThrowOnFailure.WithMaxTest 30, Prop.forAll (Arb.fromGen sweeps) roundTrips))

[<Fact>]
let ``alternatives of one axis stand under one key`` () =
    let text =
        "version: 1\nsweep: s\ndataset: shapes\nparameters:\n  encoder: [dense, conv]\n  depth:\n    - {values: [1, 2], when: {encoder: dense}}\n    - {values: [2], when: {encoder: conv}}\nepochs: 1\n"

    let sweep = SampleRules.parse text
    Assert.Equal(3, sweep.Axes.Length)
    Assert.Equal(sweep, SampleRules.parse (Printer.print SampleRules.rules sweep))
