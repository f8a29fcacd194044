module Orchestrator.Experiments.Tests.Search.TreeParzenTests

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Tests
open Orchestrator.Experiments.Tests.Search
open Xunit

let private axes =
    "  latent: {range: {from: 1, to: 40}}\n"
    + "  learning_rate: {geomspace: {from: 1.0e-5, to: 1.0e-1, count: 25}}\n"
    + "  beta: {linspace: {from: 0, to: 4, count: 33}}\n"
    + "  schedule: [constant, cosine]\n"

let private manifest parameters sampler =
    $"version: 1\nsweep: s\ndataset: shapes\nparameters:\n{parameters}sampler: {sampler}\nepochs: 5\n"

// A bowl over numbers, a logarithm and a choice, with its top at 17, 1e-3, 1 and constant.
let private bowl parameters =
    let rate = Math.Log10(SearchGame.real "learning_rate" parameters) + 3.0
    let latent = (SearchGame.real "latent" parameters - 17.0) / 20.0
    let beta = SearchGame.real "beta" parameters - 1.0

    let choice =
        if SearchGame.word "schedule" parameters = "cosine" then
            0.5
        else
            0.0

    -(latent * latent + rate * rate + 0.5 * beta * beta + choice)

// A narrow valley in which two parameters must fit each other.
let private valley parameters =
    let x = SearchGame.real "latent" parameters / 20.0 - 1.0
    let y = SearchGame.real "beta" parameters / 2.0 - 1.0
    let rate = Math.Log10(SearchGame.real "learning_rate" parameters) + 3.0
    -(20.0 * (x - y) ** 2.0 + (x - 0.3) ** 2.0 + rate * rate)

let private found name objective seed =
    manifest axes $"{{{name}: {{trials: 60, seed: {seed}}}}}"
    |> SearchGame.sweepOf
    |> fun sweep -> SearchGame.best (SearchGame.play sweep 1 objective)

// Under the hypothesis that neither is better, the wins of so many pairs are fair coin tosses.
let private chanceOf wins pairs =
    let rec choose n k =
        if k = 0 then
            1.0
        else
            choose (n - 1) (k - 1) * float n / float k

    [ for k in wins..pairs -> choose pairs k ]
    |> List.sum
    |> (*) (0.5 ** float pairs)

let functions: TheoryData<string> = TheoryData<string>([| "bowl"; "valley" |])

[<Theory>]
[<MemberData(nameof functions)>]
let ``proposals find better configurations than chance, over many seeds`` name =
    let objective = if name = "bowl" then bowl else valley
    let seeds = [ 1UL .. 40UL ]

    let pairs =
        seeds
        |> List.map (fun seed -> found "tpe" objective seed, found "random" objective seed)

    let wins = pairs |> List.filter (fun (tpe, random) -> tpe > random) |> List.length
    let losses = pairs |> List.filter (fun (tpe, random) -> tpe < random) |> List.length
    let chance = chanceOf wins (wins + losses)
    Assert.True(chance < 1e-4, $"{wins} wins and {losses} losses have the probability {chance} by chance")

[<Fact>]
let ``the same seed and the same results give the same proposals, another seed others`` () =
    let run seed =
        let sweep =
            SearchGame.sweepOf (manifest axes $"{{tpe: {{trials: 25, seed: {seed}}}}}")

        SearchGame.play sweep 1 bowl |> List.map _.TrialId

    Assert.Equal<string list>(run 3, run 3)
    Assert.NotEqual<string list>(run 3, run 4)

[<Fact>]
let ``a search that is taken up again proposes what an undisturbed one does`` () =
    let sweep = SearchGame.sweepOf (manifest axes "{tpe: {trials: 30, seed: 9}}")
    let whole = SearchGame.play sweep 1 bowl

    for cut in [ 10; 17; 29 ] do
        let next =
            Proposals.next SampleRules.rules sweep 9UL (List.truncate cut whole) 1
            |> List.exactlyOne

        let trial =
            Planner.extend SampleRules.rules (SearchGame.planOf sweep) [ next.Declared ]

        Assert.Equal(whole[cut].TrialId, (List.exactlyOne trial).Id)

[<Theory>]
[<InlineData(1)>]
[<InlineData(4)>]
let ``no configuration is proposed twice, and a small space is taken whole`` batch =
    let sweep =
        SearchGame.sweepOf (
            manifest
                "  latent: [2, 4, 8, 16]\n  schedule: [constant, cosine]\n  depth: [1, 2]\n"
                "{tpe: {trials: 50, seed: 2, startup: 4}}"
        )

    let figures = SearchGame.play sweep batch (SearchGame.real "latent")
    Assert.Equal(16, figures.Length)
    Assert.Equal(16, figures |> List.distinctBy _.TrialId |> List.length)

[<Fact>]
let ``the budget is kept to the trial, seeds counted`` () =
    let text = (manifest axes "{tpe: {trials: 30, seed: 2}}") + "seeds: 3\n"
    let figures = SearchGame.play (SearchGame.sweepOf text) 2 bowl
    Assert.Equal(30, figures.Length)
    Assert.Equal(10, figures |> List.distinctBy (fun figure -> figure.ConfigurationId) |> List.length)

[<Fact>]
let ``axes under a condition are proposed only where it holds, and learned from there`` () =
    let space =
        "  family: [ae, vae]\n"
        + "  beta: {values: [0.25, 0.5, 1, 2, 4, 8, 16], when: {family: vae}}\n"
        + "  encoder: [dense, conv]\n"
        + "  depth:\n    - {values: [1, 2, 3, 5, 6, 7, 8], when: {encoder: dense}}\n    - {values: [1, 2, 3, 4], when: {encoder: conv}}\n"
        + "  width: {range: {from: 8, to: 64, step: 4}}\n"

    // The best is a VAE of beta 2 with a dense encoder of depth 5 and a width of 40.
    let objective parameters =
        let beta =
            if SearchGame.word "family" parameters = "vae" then
                abs (Math.Log2(SearchGame.real "beta" parameters) - 1.0)
            else
                6.0

        let depth =
            if SearchGame.word "encoder" parameters = "dense" then
                abs (SearchGame.real "depth" parameters - 5.0)
            else
                5.0

        -(beta + depth + abs (SearchGame.real "width" parameters - 40.0) / 10.0)

    let run name seed =
        SearchGame.sweepOf (manifest space $"{{{name}: {{trials: 50, seed: {seed}}}}}")
        |> fun sweep -> SearchGame.play sweep 1 objective

    let seeds = [ 1UL .. 25UL ]

    for figures in [ run "tpe" 1UL ] do
        for figure in figures do
            if SearchGame.word "encoder" figure.Parameters = "conv" then
                Assert.True(SearchGame.real "depth" figure.Parameters <= 4.0)

            Assert.Equal(SearchGame.word "family" figure.Parameters = "vae", figure.Parameters.Contains "beta")

    let better =
        seeds
        |> List.filter (fun seed -> SearchGame.best (run "tpe" seed) > SearchGame.best (run "random" seed))

    let worse =
        seeds
        |> List.filter (fun seed -> SearchGame.best (run "tpe" seed) < SearchGame.best (run "random" seed))

    let chance = chanceOf better.Length (better.Length + worse.Length)
    Assert.True(chance < 0.01, $"{better.Length} better, {worse.Length} worse: {chance}")

[<Fact>]
let ``what is excluded or impossible is never proposed`` () =
    let text =
        (manifest
            "  encoder: [dense, conv]\n  depth: [1, 2, 3, 4, 5, 6]\n  latent: [2, 4, 8]\n"
            "{tpe: {trials: 60, startup: 3, seed: 11}}")
        + "exclude: [{latent: 4}, {encoder: conv, depth: 5}, {encoder: conv, depth: 6}]\n"

    let figures = SearchGame.play (SearchGame.sweepOf text) 3 (SearchGame.real "depth")

    Assert.Equal((6 + 4) * 2, figures.Length)

[<Fact>]
let ``trials that wait take no part, and are not proposed again`` () =
    let sweep = SearchGame.sweepOf (manifest axes "{tpe: {trials: 60, seed: 4}}")
    let done' = SearchGame.play sweep 1 bowl |> List.truncate 20
    let plan = SearchGame.planOf sweep

    let first = Proposals.next SampleRules.rules sweep 4UL done' 3

    let waiting =
        first
        |> List.collect (fun proposal -> Planner.extend SampleRules.rules plan [ proposal.Declared ])
        |> List.map (fun trial -> {
            SearchGame.figureOf bowl trial with
                State = TrialState.Running
                Value = None
        })

    let then' = Proposals.next SampleRules.rules sweep 4UL (done' @ waiting) 3

    Assert.Equal(first.Head.Digest, then'.Head.Digest)
    Assert.Equal<int list>([ 0; 1; 2 ], first |> List.map _.Waiting)
    Assert.Equal<int list>([ 3; 4; 5 ], then' |> List.map _.Waiting)
    let declared = (first @ then') |> List.map _.Declared
    Assert.Equal(6, (List.distinct declared).Length)

let private figure configuration state diverged epoch value : TrialFigure = {
    TrialId = $"{configuration}-{epoch}-{value}"
    ConfigurationId = configuration
    Parameters = ParameterSet.Empty
    State = state
    IsDiverged = diverged
    Epoch = epoch
    Value = value
}

[<Fact>]
let ``completed ones come first, then pruned ones by how far they came, then diverged ones; other failures say nothing``
    ()
    =
    let ranked =
        Observation.ranked MetricDirection.Maximize [
            figure "diverged" TrialState.Failed true 2 (Some 9.0)
            figure "failed" TrialState.Failed false 2 (Some 9.0)
            figure "early" TrialState.Pruned false 2 (Some -1.0)
            figure "late" TrialState.Pruned false 6 (Some -4.0)
            figure "worse" TrialState.Completed false 10 (Some -8.0)
            figure "better" TrialState.Completed false 10 (Some -3.0)
            figure "waiting" TrialState.Pending false 0 None
            figure "one seed pruned" TrialState.Completed false 10 (Some 7.0)
            figure "one seed pruned" TrialState.Pruned false 8 (Some 2.0)
        ]

    Assert.Equal<string list>(
        [ "better"; "worse"; "one seed pruned"; "late"; "early"; "diverged" ],
        ranked |> List.map (fun observation -> observation.ConfigurationId)
    )

[<Fact>]
let ``numbers are spaced by their value or by their logarithm, whichever is more even`` () =
    let places values =
        let points =
            values
            |> List.map (fun (value: float) -> ParameterSet.Empty.With("x", ParameterValue.Real value))

        (Dimension.ofAxis {
            Parameters = [ "x" ]
            Points = points
            When = None
        })
            .Places
        |> Option.map (Array.map (fun place -> Math.Round(place, 6)) >> List.ofArray)

    Assert.Equal(Some [ 0.0; 0.5; 1.0 ], places [ 10.0; 20.0; 30.0 ])
    Assert.Equal(Some [ 0.0; 0.5; 1.0 ], places [ 1e-4; 1e-3; 1e-2 ])
    Assert.Equal(Some [ 1.0; 0.0; 0.5 ], places [ 2.0; 0.0; 1.0 ])

[<Fact>]
let ``a density sums to one over its space`` () =
    let dimensions = [|
        {
            Points = 5
            Places = Some [| 0.0; 0.25; 0.5; 0.75; 1.0 |]
        }
        { Points = 3; Places = None }
    |]

    let estimator =
        ParzenEstimator.around dimensions [ [| 0; 1 |]; [| 4; 2 |]; [| 2; -1 |] ]

    let total =
        List.allPairs [ 0..4 ] [ 0..2 ]
        |> List.sumBy (fun (x, y) -> Math.Exp(ParzenEstimator.logDensity estimator [| x; y |]))

    Assert.Equal(1.0, total, 9)
