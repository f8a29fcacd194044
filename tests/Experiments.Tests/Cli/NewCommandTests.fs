module Orchestrator.Experiments.Tests.Cli.NewCommandTests

open System
open System.IO
open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Spectre.Console
open Xunit

/// The catalogue's parameters; every one is read by every configuration.
let private rules = {
    Parameters = List.ofSeq ParameterCatalogue.All
    Metrics = [
        MetricDefinition("val/elbo", "nats per image", MetricDirection.Maximize, "evidence lower bound", true)
    ]
    Active = fun _ -> List.ofSeq ParameterCatalogue.All
    Check = fun _ -> []
    BudgetDependence = fun _ -> None
    EpochMetrics = fun _ -> [ "val/elbo" ]
    DataFingerprint = fun _ -> Ok "data"
}

let private quiet () =
    AnsiConsole.Create(
        AnsiConsoleSettings(Out = AnsiConsoleOutput TextWriter.Null, Interactive = InteractionSupport.No)
    )

let private options = {
    Manifest = None
    Dataset = Some "fashion-mnist"
    Fixed = [ "encoder=conv"; "learning_rate=1e-3" ]
    Varied = [ "latent=2,8,16"; "beta=0.5,4" ]
    Replicates = 5
    Epochs = "10,3"
}

let private inFolder work =
    let folder = Directory.CreateTempSubdirectory "new"

    try
        work folder.FullName
    finally
        folder.Delete true

[<Fact>]
let ``the manifest that is written reads back as the sweep that was asked for`` () =
    inFolder (fun folder ->
        let file = Path.Combine(folder, "first.yaml")
        Assert.Equal(0, NewCommand.run (quiet ()) { options with Manifest = Some file })

        match Manifest.parse rules file (File.ReadAllText file) with
        | Error diagnostics -> Assert.Fail $"%A{diagnostics}"
        | Ok manifest ->
            let sweep = manifest.Sweep
            Assert.Equal("first", sweep.Name)

            Assert.Equal(
                """{"dataset":"fashion-mnist","encoder":"conv","learning_rate":0.001}""",
                sweep.Fixed.ToJson()
            )

            Assert.Equal<string list list>([ [ "latent" ]; [ "beta" ] ], sweep.Axes |> List.map _.Parameters)

            Assert.Equal<string list>(
                [ "{\"beta\":0.5}"; "{\"beta\":4.0}" ],
                sweep.Axes[1].Points |> List.map _.ToJson()
            )

            Assert.Equal(5, sweep.Seeds.Length)
            Assert.Equal<int list>([ 3; 10 ], sweep.Epochs))

[<Fact>]
let ``a file that is there is never overwritten`` () =
    inFolder (fun folder ->
        let file = Path.Combine(folder, "mine.yaml")
        File.WriteAllText(file, "precious")
        Assert.Equal(1, NewCommand.run (quiet ()) { options with Manifest = Some file })
        Assert.Equal("precious", File.ReadAllText file))

[<Fact>]
let ``without a terminal and without a file's name it is a usage error`` () =
    Assert.Equal(1, NewCommand.run (quiet ()) options)

[<Fact>]
let ``everything that is wrong with the options is said at once`` () =
    let wrong = {
        Manifest = None
        Dataset = Some "mnits"
        Fixed = [ "encoder"; "depht=3"; "latent=-2" ]
        Varied = [ "latent=2,x"; "beta=1e9" ]
        Replicates = 0
        Epochs = "3,none"
    }

    match NewCommand.answers "no/name" wrong with
    | Ok _ -> Assert.Fail "accepted"
    | Error problems ->
        let places = problems |> List.map _.Where

        Assert.Equal<string list>(
            [
                "no/name"
                "--dataset dataset"
                "--set encoder"
                "--set depht=3"
                "--set latent"
                "--vary latent"
                "--vary beta"
                "--epochs"
                "--seeds"
            ],
            places
        )

        Assert.All(problems, (fun problem -> Assert.False(String.IsNullOrWhiteSpace problem.Remedy)))
