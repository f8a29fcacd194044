/// The manifests and scripts that the documents show.
module Orchestrator.Experiments.Tests.Docs.ManifestBlockTests

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Tests.Scripting
open Xunit

// The data need not be there to plan.
let private rules = {
    Bridge.rules None with
        DataFingerprint = fun parameters -> Ok(string (parameters.Find "dataset"))
}

let private manifests = [
    for page in Repository.pages do
        for block in Repository.blocks "yaml" page do
            page, block
]

let private isWhole (block: string) = block.Contains "sweep:"

/// A part of a manifest becomes one with what every manifest needs.
let private completed (block: string) =
    if isWhole block then
        block
    else
        let missing (key: string) line =
            if block.Split('\n') |> Array.exists _.StartsWith(key + ":") then
                []
            else
                [ line ]

        [ "version: 1"; "sweep: shown" ]
        @ missing "dataset" "dataset: shapes"
        @ missing "epochs" "epochs: 1"
        @ [ block ]
        |> String.concat "\n"

[<Fact>]
let ``every manifest that a page shows is read, and planned where it is whole`` () =
    Assert.NotEmpty manifests

    for page, block in manifests do
        let text = completed block

        match Manifest.parse rules page text with
        | Error diagnostics -> Assert.Fail(Diagnostic.print page text diagnostics)
        | Ok manifest when isWhole block ->
            match Planner.plan rules manifest.Sweep with
            | Ok plan -> Assert.NotEmpty plan.Trials
            | Error problems -> Assert.Fail(Diagnostic.print page text (Manifest.locate rules manifest problems))
        | Ok _ -> ()

let private withoutComments (yaml: string) =
    yaml.Split('\n')
    |> Array.map (fun line ->
        match line.IndexOf('#', StringComparison.Ordinal) with
        | -1 -> line.TrimEnd()
        | at -> line.Substring(0, at).TrimEnd())
    |> Array.filter (fun line -> line <> "")
    |> String.concat "\n"

[<Fact>]
let ``the README shows the quickstart as it is`` () =
    let shown = Repository.blocks "yaml" "README.md" |> List.head
    Assert.Equal(withoutComments (Repository.read "manifests/quickstart.yaml"), withoutComments shown)

[<Fact>]
let ``every piece of F# that a page shows compiles`` () =
    let pieces = Repository.pages |> List.collect (Repository.blocks "fsharp")
    Assert.NotEmpty pieces
    Assert.All(InteractiveSession.complaints pieces, (fun complaint -> Assert.Equal("", complaint)))
