/// Budgets, on the repository's own manifests and the core's own models.
module Orchestrator.Experiments.Tests.Plan.BudgetTests

open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Tests.Docs
open Xunit

// Published and rendered data are known without being there.
let private rules = Bridge.rules None

let private sizes: Sizes = {
    Model = Bridge.describe
    Images = Bridge.images
}

let private budget text =
    match Budget.parse text with
    | Ok budget -> budget
    | Error cause -> invalidOp cause

let private planOf text =
    match Manifest.parse rules "test.yaml" text with
    | Error diagnostics -> invalidOp (Diagnostic.print "test.yaml" text diagnostics)
    | Ok manifest ->
        match Planner.plan rules manifest.Sweep with
        | Ok plan -> plan
        | Error problems -> invalidOp $"%A{problems}"

let private plan file = planOf (Repository.read file)

let private fitted text plan =
    match Budget.fit rules sizes (budget text) plan with
    | Ok fitted -> fitted
    | Error problems -> invalidOp $"%A{problems}"

let private ids (plan: Plan) =
    plan.Trials |> List.map _.Id |> Set.ofList

let private questions (plan: Plan) =
    plan.Trials
    |> List.map (fun trial -> trial.Varied.ToJson(), trial.Seed)
    |> Set.ofList

let files: TheoryData<string> =
    TheoryData<string>(
        [ "manifests/seeds"; "manifests/comparisons" ]
        |> Seq.collect (fun folder -> Directory.GetFiles(Repository.path folder, "*.yaml"))
        |> Seq.map (fun path -> Path.GetRelativePath(Repository.path ".", path))
        |> Seq.sort
    )

[<Theory>]
[<MemberData(nameof files)>]
let ``every seed system and comparison can be shown in ten minutes, with every configuration and seed`` file =
    let whole = plan file
    let small = fitted "10m" whole
    Assert.InRange(small.Seconds, 0.0, 600.0)
    Assert.Equal<Set<string * uint64>>(questions whole, questions small.Plan)

    let images (plan: Plan) =
        plan.Trials |> List.map (fun trial -> sizes.Images trial.Parameters)

    if images whole = images small.Plan then
        // Fewer epochs are an earlier reading of the same trials.
        Assert.Equal<Set<string>>(ids whole, ids small.Plan)
    else
        Assert.Empty(Set.intersect (ids whole) (ids small.Plan))
        Assert.Contains("training images instead of", String.concat " " small.Cuts)

    if List.last small.Plan.Sweep.Epochs < List.last whole.Sweep.Epochs then
        Assert.Contains($" instead of {List.last whole.Sweep.Epochs}.", String.concat " " small.Cuts)

[<Theory>]
[<MemberData(nameof files)>]
let ``a cut sweep has a name of its own and a manifest that reads as the same trials`` file =
    let whole = plan file
    let small = (fitted "10m" whole).Plan

    if small.Sweep <> whole.Sweep then
        Assert.Equal($"{whole.Sweep.Name}-budget-10m", small.Sweep.Name)
        Assert.Equal<Set<string>>(ids small, ids (planOf (Printer.print rules small.Sweep)))

[<Fact>]
let ``a sweep that fits is left as it is`` () =
    let whole = plan "manifests/quickstart.yaml"
    let small = fitted "2h" whole
    Assert.Equal(whole.Sweep, small.Plan.Sweep)
    Assert.StartsWith("Nothing is cut", List.exactlyOne small.Cuts)

[<Fact>]
let ``a larger budget never cuts more`` () =
    let whole = plan "manifests/seeds/000-conv-vae-2.yaml"

    let work text =
        (fitted text whole).Plan.Trials
        |> List.sumBy (fun trial -> int64 (List.last trial.Epochs) * int64 (sizes.Images trial.Parameters))

    let works = [ "4m"; "10m"; "30m"; "2h"; "10h" ] |> List.map work
    Assert.Equal<int64 list>(List.sort works, works)
    Assert.True(List.head works < List.last works)

[<Fact>]
let ``what is held out shrinks with the rest`` () =
    let small = fitted "4m" (plan "manifests/seeds/000-conv-vae-2.yaml")

    for trial in small.Plan.Trials do
        let validation =
            match trial.Parameters.Find "validation" with
            | :? ParameterValue.Integer as found -> int found.Value
            | _ -> 0

        Assert.Equal(sizes.Images trial.Parameters / 12, validation)

[<Fact>]
let ``images are not cut where the manifest varies them itself`` () =
    let whole =
        planOf
            "version: 1\nsweep: s\ndataset: {name: mnist, validation: 100}\nparameters: {train: [20000, 60000]}\nepochs: 10\n"

    match Budget.fit rules sizes (budget "30s") whole with
    | Ok small -> Assert.Equal<Set<string>>(ids whole, ids small.Plan)
    | Error problems -> Assert.Contains("cannot be cut down", (List.exactlyOne problems).Cause)

[<Fact>]
let ``a budget that nothing fits is refused with one that fits`` () =
    let whole = plan "manifests/comparisons/000-models-fashion.yaml"

    match Budget.fit rules sizes (budget "10s") whole with
    | Ok _ -> Assert.Fail "ten seconds were enough"
    | Error problems ->
        let remedy = (List.exactlyOne problems).Remedy
        let named = remedy.Split(' ') |> Array.find _.EndsWith("m,")
        Assert.InRange((fitted (named.TrimEnd ',') whole).Seconds, 0.0, (budget (named.TrimEnd ',')).Seconds)

[<Theory>]
[<InlineData("90s", 90.0)>]
[<InlineData("5m", 300.0)>]
[<InlineData("2h", 7200.0)>]
let ``times are read`` (text: string) (seconds: float) =
    Assert.Equal(seconds, (budget text).Seconds)

[<Theory>]
[<InlineData("5")>]
[<InlineData("0m")>]
[<InlineData("-5m")>]
[<InlineData("5 m")>]
[<InlineData("five")>]
let ``what is no time is refused with what to write`` (text: string) =
    match Budget.parse text with
    | Ok _ -> Assert.Fail text
    | Error cause -> Assert.Contains("write 90s, 5m or 1h", cause)

[<Fact>]
let ``side by side, the longest trials start first`` () =
    Assert.Equal(7.0, Effort.sideBySide 2 [ 2.0; 3.0; 2.0; 3.0; 2.0 ])
    Assert.Equal(12.0, Effort.sideBySide 1 [ 2.0; 3.0; 2.0; 3.0; 2.0 ])
    Assert.Equal(0.0, Effort.sideBySide 2 [])
