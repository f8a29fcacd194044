module Orchestrator.Experiments.Tests.Scripting.ScriptTests

open System
open System.Diagnostics
open System.IO
open Orchestrator.Core.Data
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Xunit

let rec private rootAbove (folder: string | null) =
    match folder with
    | null -> invalidOp "the tests do not run inside the repository"
    | folder when File.Exists(Path.Combine(folder, "Orchestrator.sln")) -> folder
    | folder -> rootAbove (Path.GetDirectoryName folder)

let private scripts = Path.Combine(rootAbove AppContext.BaseDirectory, "scripts")

let private inFolder work =
    let folder = Directory.CreateTempSubdirectory "scripts"

    try
        work folder.FullName
    finally
        folder.Delete true

/// Runs a script in a folder: its exit code and what it printed.
let private execute folder (script: string) =
    let start =
        ProcessStartInfo(
            "dotnet",
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        )

    for argument in [ "fsi"; "--quiet"; "--exec"; script ] do
        start.ArgumentList.Add argument

    use session =
        Process.Start start
        |> Option.ofObj
        |> Option.defaultWith (fun () -> invalidOp "dotnet fsi does not start")

    let errors = session.StandardError.ReadToEndAsync()
    let output = session.StandardOutput.ReadToEnd()
    session.WaitForExit()
    session.ExitCode, output, errors.Result

let private write folder (text: string) =
    let file = Path.Combine(folder, "study.fsx")
    let environment = Path.Combine(scripts, "env.fsx")
    File.WriteAllText(file, $"#load @\"{environment}\"\nopen Orchestrator.Experiments.Scripting\n{text}\n")
    file

[<Fact>]
let ``each script begins with three lines that say what it shows`` () =
    let files = Directory.GetFiles(scripts, "*.fsx")
    Assert.NotEmpty files

    for file in files do
        Assert.All(File.ReadLines file |> Seq.truncate 3, (fun line -> Assert.StartsWith("// ", line)))

[<Theory>]
[<InlineData("system", "Orchestrator.LibTorch.dll")>]
[<InlineData("nuget", "TorchSharp.dll")>]
[<InlineData("nuget-cuda", "TorchSharp.dll")>]
let ``the build names the torch provider's assembly for scripts`` (provider: string, assembly: string) =
    inFolder (fun folder ->
        let start = ProcessStartInfo("dotnet", RedirectStandardOutput = true)

        for argument in
            [
                "msbuild"
                Path.Combine(rootAbove AppContext.BaseDirectory, "Experiments/Orchestrator.Experiments.fsproj")
                "-nologo"
                "-nodeReuse:false"
                "-t:WriteScriptReference"
                $"-p:TorchProvider={provider}"
                $"-p:OutDir={folder}/"
            ] do
            start.ArgumentList.Add argument

        match Process.Start start with
        | null -> invalidOp "dotnet msbuild does not start"
        | started ->
            use build = started
            let output = build.StandardOutput.ReadToEnd()
            build.WaitForExit()
            Assert.True((build.ExitCode = 0), output)

        Assert.Equal($"#r \"{assembly}\"", File.ReadAllText(Path.Combine(folder, "provider.fsx")).Trim()))

[<Fact>]
let ``the sweep of beta against depth trains, and the comparison reads what it left`` () =
    inFolder (fun folder ->
        let code, output, errors =
            execute folder (Path.Combine(scripts, "beta-against-depth.fsx"))

        Assert.True((code = 0), errors)
        Assert.Contains("12 of 12 trials completed", output)
        Assert.Contains("depth 1", output)
        Assert.True(File.Exists(Path.Combine(folder, "results/beta-against-depth/report.html")))

        let code, output, errors =
            execute folder (Path.Combine(scripts, "compare-sweeps.fsx"))

        Assert.True((code = 0), errors)
        Assert.Contains("degrees of freedom", output))

[<Fact>]
let ``a script stands in the place of a manifest and trains nothing by itself then`` () =
    inFolder (fun folder ->
        let script =
            write
                folder
                "sweep \"small\" { dataset Shapes; vary Param.latent [ 2; 8 ]; seeds 3 } |> Sweep.run |> ignore"

        match ScriptFile.manifest script with
        | Error problems -> Assert.Fail $"%A{problems}"
        | Ok manifest ->
            Assert.Contains("sweep: small", manifest)
            Assert.Contains("latent: [2, 8]", manifest)
            Assert.False(Directory.Exists(Path.Combine(folder, "results"))))

[<Theory>]
[<InlineData("sweep \"bad\" { dataset Shapes; fix Param.latent -2 } |> Sweep.run |> ignore", "latent")>]
[<InlineData("let study = sweep \"idle\" { dataset Shapes }", "ended without Sweep.run")>]
[<InlineData("vary Param.latnt [ 2 ]", "'latnt' is not defined")>]
let ``a script that gives no sweep is a problem with the reason`` (text: string, reason: string) =
    inFolder (fun folder ->
        match ScriptFile.manifest (write folder text) with
        | Ok manifest -> Assert.Fail manifest
        | Error [ problem ] -> Assert.Contains(reason, problem.Cause)
        | Error problems -> Assert.Fail $"%A{problems}")

[<Fact>]
let ``a script that is not there is a problem`` () =
    match ScriptFile.manifest "nowhere.fsx" with
    | Error [ problem ] -> Assert.Equal("there is no such file", problem.Cause)
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``the tour of a latent space writes sheets of reconstructions, walks, traversals, classes and samples`` () =
    inFolder (fun folder ->
        let code, output, errors = execute folder (Path.Combine(scripts, "latent-tour.fsx"))
        Assert.True((code = 0), errors + output)

        let sheet name =
            PngReader.Decode(File.ReadAllBytes(Path.Combine(folder, $"results/latent-tour/tour-{name}.png")), name)

        let rows name = (sheet name).Shape.Height / 30

        Assert.Equal<int list>(
            [ 2; 5; 6; 3; 5 ],
            List.map rows [ "reconstructions"; "interpolation"; "traversals"; "classes"; "samples" ]
        )

        let reconstructions = (sheet "reconstructions").Pixels.ToArray()
        Assert.True(reconstructions |> Array.distinct |> Array.length > 20, "the reconstructions are flat"))

[<Fact>]
let ``orchestrator manifest prints the sweep of a script`` () =
    inFolder (fun folder ->
        let script =
            write
                folder
                "sweep \"small\" { dataset Shapes; vary Param.latent [ 2; 8 ]; seeds 3 } |> Sweep.run |> ignore"

        use printed = new StringWriter()
        Assert.Equal(0, ManifestCommand.run printed (Bridge.rules None) false script)
        let again = Path.Combine(folder, "again.yaml")
        File.WriteAllText(again, printed.ToString())

        match ManifestPlan.ofFile (Bridge.rules None) script, ManifestPlan.ofFile (Bridge.rules None) again with
        | Ok(first, _), Ok(second, _) ->
            Assert.Equal<string list>(first.Trials |> List.map _.Id, second.Trials |> List.map _.Id)
        | other -> Assert.Fail $"%A{other}")
