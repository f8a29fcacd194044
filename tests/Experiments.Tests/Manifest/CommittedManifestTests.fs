/// The manifests and the schema of the repository, against the core's own catalogue.
module Orchestrator.Experiments.Tests.Manifest.CommittedManifestTests

open System
open System.IO
open System.Runtime.CompilerServices
open System.Text.Json
open Xunit
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan

type private Source =
    static member Folder([<CallerFilePath>] ?path: string) =
        let folder =
            path
            |> Option.bind (Path.GetDirectoryName >> Option.ofObj)
            |> Option.defaultValue "."

        Path.GetFullPath(Path.Combine(folder, "..", "..", "..", "manifests"))

let private folder = Source.Folder()

// The data need not be there to plan.
let private rules = {
    Bridge.rules None with
        DataFingerprint = fun parameters -> Ok(string (parameters.Find "dataset"))
}

let files: TheoryData<string> =
    TheoryData<string>(
        Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories)
        |> Seq.map (fun path -> Path.GetRelativePath(folder, path))
        |> Seq.sortWith (fun left right -> String.CompareOrdinal(left, right))
    )

let private read file =
    let text = File.ReadAllText(Path.Combine(folder, file))

    match Manifest.parse rules file text with
    | Ok manifest -> manifest
    | Error diagnostics -> invalidOp (Diagnostic.print file text diagnostics)

let private plan (manifest: Manifest) =
    match Planner.plan rules manifest.Sweep with
    | Ok plan -> plan
    | Error problems ->
        invalidOp (Diagnostic.print manifest.File manifest.Text (Manifest.locate rules manifest problems))

[<Theory>]
[<MemberData(nameof files)>]
let ``every manifest of the repository can be planned`` file =
    Assert.NotEmpty (plan (read file)).Trials

[<Theory>]
[<MemberData(nameof files)>]
let ``every manifest of the repository prints to the same trials`` file =
    let manifest = read file
    let printed = Printer.print rules manifest.Sweep

    match Manifest.parse rules "printed.yaml" printed with
    | Error diagnostics -> Assert.Fail(Diagnostic.print "printed.yaml" printed diagnostics)
    | Ok again ->
        Assert.Equal<string list>(plan manifest |> _.Trials |> List.map _.Id, plan again |> _.Trials |> List.map _.Id)

[<Theory>]
[<MemberData(nameof files)>]
let ``every manifest of the repository names the schema`` file =
    let first = File.ReadLines(Path.Combine(folder, file)) |> Seq.head
    let schema = first.Substring(first.IndexOf('=') + 1)
    Assert.StartsWith("# yaml-language-server: $schema=", first)

    let beside =
        Path.GetDirectoryName(Path.Combine(folder, file))
        |> Option.ofObj
        |> Option.defaultValue folder

    Assert.True(File.Exists(Path.Combine(beside, schema)), schema)

[<Fact>]
let ``the first sweep is a grid of latent sizes, betas and seeds`` () =
    let plan = plan (read "quickstart.yaml")
    Assert.Equal(18, plan.Trials.Length)
    Assert.Equal<string list>([ "beta"; "latent" ], List.ofSeq plan.Trials.Head.Varied.Names)

[<Fact>]
let ``the sweep of Fashion-MNIST has three latent sizes, three betas, two depths and two seeds`` () =
    Assert.Equal(36, (plan (read "fashion-beta-latent.yaml")).Trials.Length)

/// Set APPROVE=1 to write it anew.
[<Fact>]
let ``the committed schema is the one that the catalogue makes`` () =
    let path = Path.Combine(folder, "schema.json")
    let made = Schema.print (Bridge.rules None)

    if Environment.GetEnvironmentVariable "APPROVE" = "1" then
        File.WriteAllText(path, made)

    Assert.Equal(File.ReadAllText path, made)

[<Fact>]
let ``every parameter of the core's catalogue can be written, printed and read`` () =
    for definition in (rules: Rules).Parameters do
        match Option.ofObj definition.DefaultValue with
        | None -> ()
        | Some value ->
            let set =
                ParameterSet.Empty.With("dataset", ParameterValue.Text "shapes").With(definition.Name, value)

            let sweep = {
                Defaults.sweep "defaults" with
                    Fixed = set
            }

            let text = Printer.print rules sweep

            match Manifest.parse rules "default.yaml" text with
            | Ok manifest -> Assert.True((set = manifest.Sweep.Fixed), text)
            | Error diagnostics -> Assert.Fail(Diagnostic.print "default.yaml" text diagnostics)

[<Fact>]
let ``a resolved configuration reads the same parameters as the one that was declared`` () =
    for file in Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories) do
        for trial in (plan (read (Path.GetRelativePath(folder, file)))).Trials do
            let again = (rules: Rules).Active trial.Parameters |> List.map _.Name |> Set.ofList
            Assert.Equal<Set<string>>(again, Set.ofSeq trial.Parameters.Names)
