module Orchestrator.Experiments.Tests.Plan.PlannerTests

open System.Diagnostics
open FsCheck
open FsCheck.FSharp
open Xunit
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Tests

let private manifest parameters =
    $"version: 1\nsweep: s\ndataset: shapes\nparameters:\n{parameters}seeds: {{replicates: 2, base: 1}}\nepochs: 3\n"

let private configurations (plan: Plan) =
    plan.Trials |> List.map _.ConfigurationId |> List.distinct |> List.length

let private ids (plan: Plan) =
    plan.Trials |> List.map _.Id |> Set.ofList

let private axis (definition: string) (values: int list) : Axis = {
    Parameters = [ definition ]
    Points =
        values
        |> List.map (fun value -> ParameterSet.Empty.With(definition, ParameterValue.Integer(int64 value)))
    When = None
}

let private planOf sweep =
    match Planner.plan SampleRules.rules sweep with
    | Ok plan -> plan
    | Error problems -> invalidOp $"%A{problems}"

let private values =
    Gen.choose (1, 60)
    |> Gen.nonEmptyListOf
    |> Gen.map (List.distinct >> List.truncate 5)

let private grids =
    Gen.map3
        (fun latent width seeds -> {
            Defaults.sweep "s" with
                Fixed = ParameterSet.Empty.With("dataset", ParameterValue.Text "shapes")
                Axes = [ axis "latent" latent; axis "width" width ]
                Seeds = seeds |> List.map uint64
        })
        values
        values
        values

let private forAllGrids (property: Sweep -> bool) =
    Check.One(Config.QuickThrowOnFailure.WithMaxTest 100, Prop.forAll (Arb.fromGen grids) property)

[<Fact>]
let ``a grid has as many trials as the product of its axes and seeds`` () =
    forAllGrids (fun sweep ->
        let product = sweep.Axes |> List.map _.Points.Length |> List.reduce (*)
        let plan = planOf sweep

        plan.Trials.Length = product * sweep.Seeds.Length
        && (ids plan).Count = plan.Trials.Length)

[<Fact>]
let ``the order of axes changes no id`` () =
    forAllGrids (fun sweep ->
        ids (planOf sweep) =
            ids (
                planOf {
                    sweep with
                        Axes = List.rev sweep.Axes
                }
            ))

[<Fact>]
let ``another value on an axis changes no id of the others`` () =
    forAllGrids (fun sweep ->
        let longer = {
            sweep with
                Axes = axis "batch_size" [ 128; 64 ] :: sweep.Axes
        }
        // 128 is the default: the trials of the smaller grid are those of the larger at 128.
        Set.isProperSubset (ids (planOf sweep)) (ids (planOf longer)))

[<Fact>]
let ``an exclusion takes away what it names and nothing else`` () =
    forAllGrids (fun sweep ->
        let first = sweep.Axes.Head.Points.Head

        let excluded = {
            sweep with
                Exclude = [ first ]
                Include = [ ParameterSet.Empty ]
        }

        let left = planOf excluded

        let all =
            planOf {
                sweep with
                    Include = [ ParameterSet.Empty ]
            }

        left.Trials
        |> List.forall (fun trial ->
            trial.Parameters.Find "latent" <> first.Find "latent"
            || trial.Parameters.Find "latent" = ParameterValue.Integer 16L)
        && Set.isSubset (ids left) (ids all))

[<Fact>]
let ``including what the grid has changes nothing`` () =
    forAllGrids (fun sweep ->
        let row = Grid.join sweep.Axes[0].Points.Head sweep.Axes[1].Points.Head
        let plan = planOf { sweep with Include = [ row; row ] }

        (planOf sweep).Trials = plan.Trials
        && plan.Notes
           |> List.exists (fun note -> note.StartsWith "2 configurations removed"))

[<Fact>]
let ``planning twice gives the same plan`` () =
    forAllGrids (fun sweep -> planOf sweep = planOf sweep)

[<Fact>]
let ``ids are the same where numbers have a decimal comma`` () =
    let text = manifest "  beta: [0.5, 1e-7, 1234567.0e-2]\n  latent: [2, 4]\n"
    let planned () = ids (SampleRules.plan text)
    Assert.Equal<Set<string>>(planned (), SampleRules.underCommas planned)

[<Fact>]
let ``an id is the digest of the canonical JSON`` () =
    let plan =
        SampleRules.plan "version: 1\nsweep: s\ndataset: shapes\nmodel: {latent: 8, depth: 2}\nseeds: [7]\nepochs: 3\n"

    let json =
        """{"data":"shapes-v1","parameters":{"dataset":"shapes","latent":8},"schema":1,"seed":7}"""

    let digest =
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes json)

    Assert.Equal(System.Convert.ToHexStringLower digest, plan.Trials.Head.Id)

[<Fact>]
let ``a default written out is the same trial as a default left out`` () =
    let bare = SampleRules.plan "version: 1\nsweep: s\ndataset: shapes\nepochs: 3\n"

    let full =
        SampleRules.plan
            "version: 1\nsweep: t\ndataset: {name: shapes, validation: 5000}\nmodel: {beta: 1.0, latent: 16}\nresources: {workers: 7}\nepochs: [1, 9]\n"

    Assert.Equal<Set<string>>(ids bare, ids full)

[<Fact>]
let ``a parameter that a configuration does not read makes no second trial`` () =
    let plan = SampleRules.plan (manifest "  family: [ae, vae]\n  beta: [1, 2, 4]\n")
    Assert.Equal(1 + 3, configurations plan)
    Assert.Contains(plan.Notes, fun note -> note.StartsWith "2 configurations removed")

[<Fact>]
let ``an axis under a condition exists only there`` () =
    let plan =
        SampleRules.plan (manifest "  width: {values: [8, 16, 24], when: {encoder: conv}}\n  encoder: [dense, conv]\n")

    Assert.Equal(1 + 3, configurations plan)

[<Fact>]
let ``a condition may be about a default`` () =
    let plan =
        SampleRules.plan (manifest "  beta: {values: [1, 2], when: {family: vae}}\n")

    Assert.Equal(2, configurations plan)

[<Fact>]
let ``a zip varies its parameters together`` () =
    let plan =
        SampleRules.plan (
            manifest "  pair: {zip: {width: [8, 16], learning_rate: [0.01, 0.001]}}\n  latent: [2, 4, 8]\n"
        )

    Assert.Equal(2 * 3, configurations plan)

[<Fact>]
let ``every configuration gets its first seed before any gets its second`` () =
    let plan = SampleRules.plan (manifest "  latent: [2, 4, 8]\n")
    Assert.Equal<uint64 list>([ 1UL; 1UL; 1UL; 2UL; 2UL; 2UL ], plan.Trials |> List.map _.Seed)

[<Fact>]
let ``epochs are readings of one training and the plan says what that saves`` () =
    let plan =
        SampleRules.plan "version: 1\nsweep: s\ndataset: shapes\nseeds: 3\nepochs: [10, 20, 50]\n"

    Assert.Equal(3, plan.Trials.Length)
    Assert.All(plan.Trials, fun trial -> Assert.Equal<int list>([ 10; 20; 50 ], trial.Epochs))

    Assert.Equal<string list>(
        [
            "Epochs 10, 20, 50 are readings of one training: 50 epochs a trial, not 80; 90 epochs saved in all."
        ],
        plan.Notes
    )

[<Fact>]
let ``a schedule that depends on the total makes each of the epochs a training`` () =
    let plan =
        SampleRules.plan
            "version: 1\nsweep: s\ndataset: shapes\ntraining: {schedule: cosine}\nseeds: 3\nepochs: [10, 20, 50]\n"

    Assert.Equal(9, plan.Trials.Length)
    Assert.Equal(9, (ids plan).Count)
    Assert.Equal<Set<int list>>(set [ [ 10 ]; [ 20 ]; [ 50 ] ], plan.Trials |> List.map _.Epochs |> Set.ofList)
    Assert.Contains(plan.Notes, fun note -> note.Contains "schedule cosine")

[<Fact>]
let ``what is varied tells configurations from each other`` () =
    let plan =
        SampleRules.plan (
            manifest "  latent: [2, 4]\n  family: [ae, vae]\n  beta: {values: [1, 4], when: {family: vae}}\n"
        )

    let shown =
        plan.Trials
        |> List.map (fun trial -> trial.ConfigurationId, trial.Varied)
        |> List.distinct

    Assert.Equal(configurations plan, shown |> List.distinctBy snd |> List.length)

[<Fact>]
let ``what only some families read is not varied while it has one value`` () =
    let plan =
        SampleRules.plan (manifest "  family: [ae, vae]\n  beta: {values: [1, 4], when: {family: vae}}\n")

    let shown =
        plan.Trials |> List.map (fun trial -> trial.Varied.ToJson()) |> List.distinct

    Assert.Equal<string list>(
        [
            """{"family":"ae"}"""
            """{"beta":1.0,"family":"vae"}"""
            """{"beta":4.0,"family":"vae"}"""
        ],
        shown
    )

[<Fact>]
let ``ten thousand trials are planned`` () =
    let text =
        "version: 1\nsweep: s\ndataset: shapes\nparameters:\n  latent: {range: {from: 1, to: 100}}\n  beta: {linspace: {from: 0, to: 1, count: 20}}\nseeds: 5\nepochs: 3\n"

    let clock = Stopwatch.StartNew()
    let plan = SampleRules.plan text
    TestContext.Current.SendDiagnosticMessage $"10,000 trials planned in {clock.ElapsedMilliseconds} ms"
    Assert.Equal(10_000, plan.Trials.Length)
    Assert.Equal(10_000, (ids plan).Count)
