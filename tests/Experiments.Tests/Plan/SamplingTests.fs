module Orchestrator.Experiments.Tests.Plan.SamplingTests

open Xunit
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Tests

let private manifest sampler =
    "version: 1\nsweep: s\ndataset: shapes\nparameters:\n"
    + "  latent: {range: {from: 1, to: 1000}}\n  width: {range: {from: 1, to: 10000}}\n  beta: {linspace: {from: 0, to: 1, count: 1000}}\n"
    + $"sampler: {sampler}\nseeds: 2\nepochs: 3\n"

let private ids sampler =
    (SampleRules.plan (manifest sampler)).Trials |> List.map _.Id

[<Theory>]
[<InlineData("random")>]
[<InlineData("sobol")>]
let ``a drawn sweep of a huge grid has the trials of its budget`` name =
    let drawn = ids $"{{{name}: {{trials: 200, seed: 3}}}}"
    Assert.Equal(200, drawn.Length)
    Assert.Equal(200, (Set.ofList drawn).Count)

[<Theory>]
[<InlineData("random")>]
[<InlineData("sobol")>]
let ``the same seed draws the same and another one draws others`` name =
    Assert.Equal<string list>(ids $"{{{name}: {{trials: 50, seed: 3}}}}", ids $"{{{name}: {{trials: 50, seed: 3}}}}")
    Assert.NotEqual<string list>(ids $"{{{name}: {{trials: 50, seed: 3}}}}", ids $"{{{name}: {{trials: 50, seed: 4}}}}")

[<Theory>]
[<InlineData("random")>]
[<InlineData("sobol")>]
let ``a larger budget keeps what a smaller one drew`` name =
    let few = Set.ofList (ids $"{{{name}: {{trials: 50, seed: 3}}}}")
    let many = Set.ofList (ids $"{{{name}: {{trials: 100, seed: 3}}}}")
    Assert.True(Set.isProperSubset few many)

[<Fact>]
let ``a space with fewer configurations than asked for is taken whole and said so`` () =
    let plan =
        SampleRules.plan
            "version: 1\nsweep: s\ndataset: shapes\nparameters:\n  latent: [2, 4, 8]\nsampler: {random: {trials: 10}}\nepochs: 1\n"

    Assert.Equal(3, plan.Trials.Length)
    Assert.Contains(plan.Notes, fun note -> note.Contains "7 configurations fewer")

[<Fact>]
let ``every dimension of the Sobol sequence visits each of 256 intervals once in 256 points`` () =
    let points =
        Sobol.sequence Sobol.maximumDimensions |> Seq.truncate 256 |> List.ofSeq

    for dimension in 0 .. Sobol.maximumDimensions - 1 do
        let visited =
            points |> List.map (fun point -> point[dimension] >>> 24) |> Set.ofList

        Assert.Equal(256, visited.Count)

[<Fact>]
let ``the first points of the Sobol sequence are those of Joe and Kuo`` () =
    let points =
        Sobol.sequence 3
        |> Seq.truncate 4
        |> Seq.map (Array.map (fun value -> float value / 4294967296.0))
        |> List.ofSeq

    Assert.Equal<float array list>(
        [
            [| 0.0; 0.0; 0.0 |]
            [| 0.5; 0.5; 0.5 |]
            [| 0.75; 0.25; 0.25 |]
            [| 0.25; 0.75; 0.75 |]
        ],
        points
    )
