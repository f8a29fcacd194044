/// Every manifest of the folder Bad is refused with the approved text beside it. Set APPROVE=1 to write the texts anew,
/// then read each as a newcomer would.
module Orchestrator.Experiments.Tests.Manifest.BadManifestTests

open System
open System.IO
open System.Runtime.CompilerServices
open Xunit
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Tests

type private Source =
    static member Folder([<CallerFilePath>] ?path: string) =
        match path with
        | Some path -> Path.Combine(Option.ofObj (Path.GetDirectoryName path) |> Option.defaultValue ".", "Bad")
        | None -> "Bad"

let private folder = Source.Folder()

let names: TheoryData<string> =
    TheoryData<string>(
        Directory.GetFiles(folder, "*.yaml")
        |> Seq.map (fun path -> Path.GetFileNameWithoutExtension path |> string)
        |> Seq.sortWith (fun left right -> String.CompareOrdinal(left, right))
    )

let private refusal file text =
    match Manifest.parse SampleRules.rules file text with
    | Error diagnostics -> Diagnostic.print file text diagnostics
    | Ok manifest ->
        match Planner.plan SampleRules.rules manifest.Sweep with
        | Error problems ->
            problems
            |> Manifest.locate SampleRules.rules manifest
            |> Diagnostic.print file text
        | Ok plan -> $"accepted with {plan.Trials.Length} trials\n"

[<Theory>]
[<MemberData(nameof names)>]
let ``a bad manifest is refused with the approved text`` (name: string) =
    let file = $"{name}.yaml"
    let actual = refusal file (File.ReadAllText(Path.Combine(folder, file)))
    let approved = Path.Combine(folder, $"{name}.expected.txt")

    if Environment.GetEnvironmentVariable "APPROVE" = "1" then
        File.WriteAllText(approved, actual)

    Assert.DoesNotContain("accepted", actual)
    Assert.Equal(File.ReadAllText approved, actual)

[<Fact>]
let ``at least forty kinds of bad manifest are known`` () =
    Assert.True(names.Count >= 40, $"{names.Count} kinds")
