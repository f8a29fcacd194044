/// The shape of the sources.
module Orchestrator.Experiments.Tests.Docs.StructureTests

open System
open System.IO
open System.Text.RegularExpressions
open Xunit

let private sources folder =
    [ "*.cs"; "*.fs"; "*.fsx"; "*.cpp"; "*.h"; "*.razor" ]
    |> List.collect (fun kind ->
        Directory.GetFiles(Repository.path folder, kind, SearchOption.AllDirectories)
        |> List.ofArray)
    |> List.filter (fun file -> not (file.Contains "/obj/" || file.Contains "/bin/" || file.Contains "/node_modules/"))

[<Fact>]
let ``a file of more than 300 lines says why in its first lines`` () =
    for file in [ "Core"; "Experiments"; "scripts"; "tests" ] |> List.collect sources do
        let lines = File.ReadAllLines file

        if lines.Length > 300 then
            let says = lines |> Array.truncate 5 |> Array.exists _.Contains("Over 300 lines:")
            Assert.True(says, $"{Path.GetRelativePath(Repository.root, file)} has {lines.Length} lines")

[<Fact>]
let ``the folders of Experiments follow each other, none returns`` () =
    let project = Repository.read "Experiments/Orchestrator.Experiments.fsproj"

    let folders =
        Regex.Matches(project, "<Compile Include=\"([^\"/]+)/")
        |> Seq.map _.Groups[1].Value
        |> Seq.fold
            (fun seen folder ->
                if List.tryHead seen = Some folder then
                    seen
                else
                    folder :: seen)
            []

    Assert.Equal<string list>(List.distinct folders, folders)

let private uses =
    let folders =
        Directory.GetDirectories(Repository.path "Core")
        |> Array.map Path.GetFileName
        |> Array.choose Option.ofObj

    dict [
        for folder in folders do
            folder,
            set [
                for file in sources $"Core/{folder}" do
                    let directives =
                        Regex.Matches(
                            File.ReadAllText file,
                            @"^using (?:static )?(?:\w+ = )?Orchestrator\.Core\.(\w+)",
                            RegexOptions.Multiline
                        )

                    for directive in directives do
                        let used = directive.Groups[1].Value

                        if used <> folder then
                            used
            ]
    ]

/// What stands below in Core, with what it may use; above stand the catalogues, models, training and evaluation.
[<Theory>]
[<InlineData("Contracts", "")>]
[<InlineData("Data", "Contracts")>]
[<InlineData("Latent", "Contracts Data")>]
[<InlineData("LibTorch", "")>]
let ``the lower folders of Core use none that stand above`` (folder: string, below: string) =
    let allowed = below.Split(' ', StringSplitOptions.RemoveEmptyEntries) |> Set.ofArray
    Assert.Equal<Set<string>>(Set.empty, uses[folder] - allowed)
