module Orchestrator.Experiments.Tests.Scripting.ReadingTests

open System
open Orchestrator.Experiments.Scripting
open Orchestrator.Experiments.Store
open Orchestrator.Experiments.Tests.Cli
open Xunit

let private readings folder =
    match TrialStore.openToRead folder with
    | Error problems -> invalidOp $"%A{problems}"
    | Ok opened ->
        use store = opened
        store.Results "beta-latent" |> Option.toList |> List.collect Reading.ofResults

[<Fact>]
let ``a completed trial gives a row for each epoch at which it is read; others give none`` () =
    SampleStore.using (fun results plan ->
        let rows = readings results
        Assert.Equal<int list>([ 1; 3 ], rows |> List.map _.Epoch)
        Assert.All(rows, (fun row -> Assert.Equal(plan.Trials.Head.Id, row.Trial)))
        Assert.Equal<float list>([ -99.0; -97.0 ], rows |> List.map (Reading.metric "val/elbo"))
        Assert.True(Double.IsNaN(Reading.metric "test/elbo" rows.Head)))

[<Fact>]
let ``parameters are read with their types, and with their defaults where a configuration does not say`` () =
    SampleStore.using (fun results _ ->
        let row = (readings results).Head
        Assert.Equal(Some 2, Reading.parameter Param.latent row)
        Assert.Equal(Some 1.0, Reading.parameter Param.beta row)
        Assert.Equal(Some Shapes, Reading.parameter Param.dataset row)
        Assert.Equal(Some 0.0, Reading.parameter Param.weightDecay row))
