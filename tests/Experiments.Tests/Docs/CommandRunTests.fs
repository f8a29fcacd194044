/// The command lines that the pages show are run, in the order in which a reader meets them.
module Orchestrator.Experiments.Tests.Docs.CommandRunTests

open System
open System.Diagnostics
open System.IO
open Orchestrator.Core.Data
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store
open Orchestrator.Experiments.Tests.Cli
open Xunit

[<RequireQualifiedAccess>]
type private Way =
    /// Another command in its place, and why.
    | Instead of command: string * why: string
    /// Another test does it.
    | Elsewhere of test: string

/// What is not run as it stands.
let private exceptions =
    let training = "it trains for minutes or hours"

    dict [
        for command in ShownCommands.ofLauncher do
            command, Way.Elsewhere "tests/setup"
        "doctor", Way.Elsewhere "DoctorCommandTests: what is well differs from machine to machine"
        "report custom-model --script scripts/custom-model.fsx", Way.Elsewhere "Scripting/ExtensionTests"
        "scripts/beta-against-depth.fsx", Way.Elsewhere "Scripting/ScriptTests"
        "data fashion-mnist", Way.Instead("data shapes", "the files are not on every machine")
        "logs my-sweep --follow", Way.Instead("logs my-sweep", "it ends at Ctrl-C; LogsCommandTests follow")
        "report my-sweep --watch", Way.Instead("report my-sweep", "it ends at Ctrl-C; WatchTests watch")
        for manifest in
            [
                "quickstart.yaml"
                "comparisons/001-latent.yaml"
                "comparisons/002-cvae-against-beta-vae-fashion.yaml --budget 3m"
                "comparisons/002-cvae-against-beta-vae-mnist.yaml --budget 3m"
            ] do
            $"run manifests/{manifest}", Way.Instead($"plan manifests/{manifest}", training)
    ]

/// Names that stand for a reader's own.
let private standIns trial =
    dict [
        "SWEEP", "my-sweep"
        "A", "my-sweep"
        "B", "fashion-beta-latent"
        "c574", trial ()
    ]

let private isOfLauncher (words: string list) =
    List.contains words.Head ShownCommands.ofLauncher

/// Small pictures of two classes, and a sweep that learns them in no time, under the name that the pages give theirs.
let private writeTinySweep folder name =
    for index in 0..119 do
        let place =
            Path.Combine(folder, "pictures", (if index % 2 = 0 then "dark" else "light"))

        Directory.CreateDirectory place |> ignore

        let pixels = [| for pixel in 0..63 -> byte ((index % 2) * 128 + (index * pixel) % 128) |]

        File.WriteAllBytes(
            Path.Combine(place, $"{index}.png"),
            PngWriter.Encode(Picture(ImageShape(1, 8, 8), ReadOnlyMemory pixels))
        )

    let manifest = Path.Combine(folder, $"{name}.yaml")

    File.WriteAllText(
        manifest,
        $"""version: 1
sweep: {name}
dataset: {{name: folder, path: {folder}/pictures, validation: 20}}
model: {{width: 8, depth: 1}}
training: {{batch_size: 16}}
parameters: {{latent: [2, 3]}}
seeds: {{replicates: 1}}
epochs: [1]
"""
    )

    manifest

let private succeed folder (words: string list) =
    let code, output, errors = ProgramProcess.run folder words
    Assert.True((code = 0), $"""orchestrator {String.Join(" ", words)}: {code}{"\n"}{output}{errors}""")

let private train folder name =
    succeed folder [ "run"; writeTinySweep folder name; "--no-probe"; "--workers"; "1" ]

let private someTrial folder =
    match TrialStore.openToRead (Path.Combine(folder, "results")) with
    | Error problems -> invalidOp $"%A{problems}"
    | Ok opened ->
        use store = opened

        match store.Results "my-sweep" with
        | Some results -> results.Trials.Head.Id.Substring(0, 8)
        | None -> invalidOp "my-sweep was not trained"

let private runScript folder (words: string list) =
    let start =
        ProcessStartInfo(
            "dotnet",
            "fsi" :: words,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        )

    match Process.Start start with
    | null -> invalidOp "dotnet fsi does not start"
    | started ->
        use session = started
        let errors = session.StandardError.ReadToEndAsync()
        let output = session.StandardOutput.ReadToEnd()
        session.WaitForExit()
        Assert.True((session.ExitCode = 0), $"""dotnet fsi {String.Join(" ", words)}: {output}{errors.Result}""")

/// Runs a command line of a page, after what the exceptions say of it.
let private follow folder (done': Set<string>) (runIt: string list -> unit) (shown: string list) =
    let names =
        standIns (fun () -> if done'.Contains "my-sweep" then someTrial folder else "")

    let meant =
        shown
        |> List.map (fun word ->
            match names.TryGetValue word with
            | true, name -> name
            | _ -> word)

    let key =
        if isOfLauncher meant then
            meant.Head
        else
            String.Join(" ", meant)

    let withoutProbe (words: string list) =
        if words.Head = "plan" then
            words @ [ "--no-probe" ]
        else
            words

    if not (done'.Contains key) then
        match exceptions.TryGetValue key with
        | true, Way.Elsewhere _ -> ()
        | true, Way.Instead(command, _) -> command.Split ' ' |> List.ofArray |> withoutProbe |> runIt
        | _ when meant = [ "run"; "my-sweep.yaml" ] ->
            // The reader's sweep takes minutes of training; from here on it is a small one of the same name.
            train folder "my-sweep"
            train folder "fashion-beta-latent"
        | _ -> meant |> withoutProbe |> runIt

    match meant with
    | [ "run"; "my-sweep.yaml" ] -> done'.Add(key).Add "my-sweep"
    | _ -> done'.Add key

[<Fact>]
let ``the trial that the tutorial shows is one of its sweep`` () =
    let scratch = Directory.CreateTempSubdirectory "tutorial"

    try
        let file = Path.Combine(scratch.FullName, "my-sweep.yaml")
        File.WriteAllText(file, Repository.blocks "yaml" "docs/tutorial.md" |> List.head)

        match ManifestPlan.ofFile (Bridge.rules None) file with
        | Ok(plan, _) -> Assert.Contains(plan.Trials, fun trial -> trial.Id.StartsWith "c574")
        | Error refusal -> Assert.Fail refusal.Text
    finally
        scratch.Delete true

[<Fact>]
let ``every command line of the pages runs`` () =
    let scratch = Directory.CreateTempSubdirectory "reader"

    try
        let folder = scratch.FullName

        for place in [ "manifests"; "scripts"; "Experiments" ] do
            Directory.CreateSymbolicLink(Path.Combine(folder, place), Repository.path place)
            |> ignore

        // The tutorial leaves behind what other pages look at.
        let first, later =
            ShownCommands.ofProgram
            |> List.partition (fun (page, _) -> page = "docs/tutorial.md")

        let program =
            (Set.empty, first @ later)
            ||> List.fold (fun ran (_, words) -> follow folder ran (succeed folder) words)

        let ran =
            (program, ShownCommands.ofScripts)
            ||> List.fold (fun ran (_, words) -> follow folder ran (runScript folder) words)

        Assert.True(ran.Count > 20, $"{ran.Count} command lines are few")

        for exceptional in exceptions.Keys do
            Assert.True(ran.Contains exceptional, $"no page shows '{exceptional}' any more")
    finally
        scratch.Delete true
