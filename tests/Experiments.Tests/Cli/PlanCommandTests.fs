module Orchestrator.Experiments.Tests.Cli.PlanCommandTests

open System
open System.IO
open System.Collections.Immutable
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Tests
open Spectre.Console
open Xunit

let private manifest =
    "version: 1\nsweep: study\ndataset: shapes\nparameters:\n  latent: [2, 4]\n  beta: [0.5, 1]\nseeds: 2\nepochs: [1, 3]\n"

let private inFile (text: string) action =
    let file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml")
    File.WriteAllText(file, text)

    try
        action file
    finally
        File.Delete file

let private console (output: TextWriter) =
    let console =
        AnsiConsole.Create(
            AnsiConsoleSettings(
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = AnsiConsoleOutput output
            )
        )

    console.Profile.Width <- 160
    console

// A minute an epoch, alone; beside another, a quarter longer.
let private prices: Pricing.Prices = {
    Calibration = {
        Calibration.empty with
            Crowded = Some(2, 1.25)
    }
    CostOf =
        fun _ ->
            Some {
                SecondsPerEpoch = 60.
                SecondsPerReading = 0.
                SecondsPerTrial = 0.
                SecondsPerWorker = 0.
                MemoryBytes = 100L * 1048576L
                GpuBytes = 0L
                DiskBytes = 1048576L
                CheckpointBytes = 0L
            }
    Speedup = fun _ _ -> None
    Source = "as the test says"
    Problems = []
}

let private services: PlanCommand.PlanServices = {
    Plan = ManifestPlan.ofFile SampleRules.rules
    Rules = SampleRules.rules
    Recorded =
        fun _ _ ->
            Ok {
                Own = []
                Others = []
                Pace = Map.empty
            }
    Staffing = {
        ResolveDevice = Ok
        Gpus = fun () -> []
        Price = fun _ _ -> prices
    }
}

let private textOf manifest (command: IAnsiConsole -> string -> int) =
    use output = new StringWriter()
    let code = inFile manifest (command (console output))
    Assert.Equal(0, code)
    output.ToString()

let private text = textOf manifest

let private planOf manifest =
    textOf manifest (fun console file ->
        PlanCommand.run console services {
            Manifest = file
            Results = "results"
            Data = None
            NoProbe = false
            Json = false
        })

[<Fact>]
let ``plan shows every configuration with what is left of it`` () =
    let shown = planOf manifest
    Assert.Contains("study: 4 configurations × 2 seeds = 8 trials, 24 epochs in all", shown)
    Assert.Contains("trials: 8 new", shown)
    Assert.Contains("estimate, as the test says:", shown)
    Assert.Matches(@"(?m)^ +1  24 min 0 s +100 MiB", shown)
    Assert.Contains("8 MiB on the disk", shown)
    Assert.Contains("Epochs 1, 3 are readings of one training: 3 epochs a trial, not 4; 8 epochs saved in all.", shown)

    Assert.Equal(
        4,
        shown.Split('\n')
        |> Array.filter (fun line -> line.Contains "2 new")
        |> Array.length
    )

[<Fact>]
let ``Trials that a sampler will propose have a price too`` () =
    let shown = planOf (manifest + "sampler: {tpe: {trials: 6, seed: 1, startup: 1}}\n")

    Assert.Contains("4 trials more will be proposed", shown)
    // Six trials of three epochs, a minute each.
    Assert.Matches(@"(?m)^ +1  18 min 0 s ", shown)

[<Fact>]
let ``Where trials may be pruned the price is called an upper bound`` () =
    let shown =
        planOf (manifest + "pruner: {median: {warmup: 1, trials: 2, interval: 1}}\n")

    Assert.Contains("estimate, as the test says; at most, for trials that are pruned or stop early take less:", shown)
    Assert.DoesNotContain("at most", planOf manifest)

[<Fact>]
let ``describe shows each model once with its layers and parameters`` () =
    let describe (parameters: ParameterSet) =
        let latent =
            match parameters.Find "latent" with
            | :? ParameterValue.Integer as value -> value.Value
            | _ -> 0L

        ModelDescription(
            "vae",
            "A VAE.",
            ImmutableArray.Create(
                LayerDescription("encoder", "mean", "Linear 784→latent", ImmutableArray.Create latent, 785L * latent)
            )
        )

    let shown =
        text (fun console file ->
            DescribeCommand.run
                console
                {
                    Rules = SampleRules.rules
                    Describe = describe
                }
                { Manifest = file; Json = false })

    Assert.Contains("study: 2 models", shown)
    Assert.Contains("1,570 trainable parameters: encoder 1,570", shown)
    Assert.Contains("3,140 trainable parameters: encoder 3,140", shown)
