/// What `--json` prints: one object on standard output, whatever happens.
module Orchestrator.Experiments.Tests.Cli.JsonTests

open System
open System.IO
open System.Text.Json
open System.Text.RegularExpressions
open Orchestrator.Experiments.Tests.Docs
open Xunit

/// Works in a folder with a database, a manifest and one that is wrong.
let private inFolder work =
    SampleStore.using (fun results plan ->
        let folder = Path.GetDirectoryName results |> Option.ofObj |> Option.defaultValue ""

        let place (text: string) =
            text.Replace("RESULTS", results).Replace("TRIAL", plan.Trials[0].Id)

        let manifest = Path.Combine(results, "small.yaml")
        File.WriteAllText(manifest, "version: 1\nsweep: small\ndataset: {name: shapes}\nepochs: 1\n")
        let mnist = Path.Combine(results, "mnist.yaml")
        File.WriteAllText(mnist, "version: 1\nsweep: small\ndataset: {name: mnist}\nepochs: 1\n")
        let wrong = Path.Combine(results, "wrong.yaml")
        File.WriteAllText(wrong, "version: 1\nsweep: wrong\ndataset: {name: shapes}\nmodel: {latnt: 2}\n")

        work (fun (line: string) ->
            let words =
                line.Replace("MANIFEST", manifest).Replace("MNIST", mnist).Replace("WRONG", wrong).Split ' '
                |> Array.map place
                |> List.ofArray

            ProgramProcess.run folder words))

let private keys (output: string) =
    use document = JsonDocument.Parse output
    Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind)
    [ for property in document.RootElement.EnumerateObject() -> property.Name ]

[<Theory>]
[<InlineData("status --results RESULTS --json", "sweeps")>]
[<InlineData("status beta-latent --results RESULTS --json", "sweep counts epochs running failures")>]
[<InlineData("show TRIAL --results RESULTS --json", "id parameters attempts metrics artifacts")>]
[<InlineData("plan MANIFEST --results RESULTS --no-probe --json", "sweep objective counts trials")>]
[<InlineData("manifest MANIFEST --json", "sweep manifest extensions")>]
[<InlineData("describe MANIFEST --json", "sweep models")>]
[<InlineData("report beta-latent --results RESULTS --json", "sweeps report")>]
[<InlineData("export beta-latent --results RESULTS --format optuna --json", "sweep format output")>]
[<InlineData("prune --results RESULTS --json", "trials folders deleted")>]
[<InlineData("stop beta-latent --results RESULTS --json", "sweep asked")>]
[<InlineData("data --json", "datasets")>]
[<InlineData("--json", "results sweeps next")>]
let ``each command answers one object with its keys`` (line: string, expected: string) =
    inFolder (fun run ->
        let code, output, errors = run line
        Assert.True((code = 0), $"{line}: {errors}{output}")
        let found = keys output

        for key in expected.Split ' ' do
            Assert.Contains(key, found))

[<Fact>]
let ``doctor answers its checks, whatever it finds`` () =
    inFolder (fun run ->
        let _, output, _ = run "doctor --results RESULTS --json"
        Assert.Equal<string list>([ "checks" ], keys output))

[<Theory>]
[<InlineData("run WRONG --results RESULTS --json", "latnt")>]
[<InlineData("plan WRONG --results RESULTS --json", "latnt")>]
[<InlineData("describe WRONG --json", "latnt")>]
[<InlineData("manifest WRONG --json", "latnt")>]
[<InlineData("status nothing --results RESULTS --json", "no such sweep")>]
[<InlineData("report nothing --results RESULTS --json", "no such sweep")>]
[<InlineData("compare beta-latent nothing --results RESULTS --json", "no such sweep")>]
[<InlineData("export beta-latent --results RESULTS --json", "beside it")>]
[<InlineData("show ffff --results RESULTS --json", "begins like this")>]
[<InlineData("verify ffff --results RESULTS --json", "begins like this")>]
[<InlineData("prune nothing --results RESULTS --json", "no such sweep")>]
[<InlineData("stop nothing --results RESULTS --json", "no such sweep")>]
[<InlineData("logs nothing --results RESULTS --json", "has a log")>]
[<InlineData("data nothing --json", "nothing")>]
[<InlineData("plan MNIST --data nowhere --no-probe --json", "no folder")>]
[<InlineData("export beta-latent --format nonsense --json", "--format")>]
let ``what goes wrong is an object of problems, and the exit code is 1`` (line: string, part: string) =
    inFolder (fun run ->
        let code, output, errors = run line
        Assert.True((code = 1), $"{line}: {code} {errors}{output}")
        use document = JsonDocument.Parse output
        let problems = document.RootElement.GetProperty "problems"

        Assert.True(
            problems.EnumerateArray()
            |> Seq.exists (fun problem ->
                (string (problem.GetProperty("where").GetString())
                 + string (problem.GetProperty("cause").GetString()))
                    .Contains
                    part
                && problem.GetProperty("remedy").GetString() <> ""),
            output
        ))

[<Fact>]
let ``every command of the program can answer JSON, but those that write a manifest or a shell's script`` () =
    let exempt = [ "new"; "completion"; "worker"; "probe" ]
    let folder = Directory.GetCurrentDirectory()
    let _, help, _ = ProgramProcess.run folder [ "--help" ]

    let commands =
        Regex.Matches(
            help.Substring(help.IndexOf("Commands", StringComparison.Ordinal)),
            "^  ([a-z]+)  ",
            RegexOptions.Multiline
        )
        |> Seq.map _.Groups[1].Value
        |> Seq.filter (fun name -> not (List.contains name [ "test"; "check"; "setup" ]))
        |> List.ofSeq
        |> List.except exempt

    Assert.True(commands.Length > 12, help)
    let page = Repository.read "docs/json.md"

    for command in commands do
        let _, usage, _ = ProgramProcess.run folder [ command; "--help" ]
        Assert.True(usage.Contains "--json", command)
        Assert.Contains($"`{command}`", page)
