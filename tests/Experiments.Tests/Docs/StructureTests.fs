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

/// The folder of an assembly's sources that a type stands in: its namespace begins with it.
let private folderOf (root: string) (owner: Type) =
    match owner.Namespace with
    | null -> None
    | space when space.StartsWith(root + ".", StringComparison.Ordinal) ->
        Array.tryHead (space.Substring(root.Length + 1).Split '.')
    | _ -> None

/// Which folders of an assembly's sources use which, with the pairs of types that make it so.
let private uses (assembly: Reflection.Assembly) root =
    TypeUses.within assembly
    |> List.choose (fun (user, used) ->
        match folderOf root user, folderOf root used with
        | Some from, Some into when from <> into -> Some((from, into), $"{user.Name} uses {used.Name}")
        | _ -> None)
    |> List.groupBy fst
    |> List.map (fun (edge, pairs) -> edge, pairs |> List.map snd |> List.sort)

let private core =
    lazy (uses typeof<Orchestrator.Core.Training.Trainer>.Assembly "Orchestrator.Core")

let private experiments =
    lazy (uses typeof<Orchestrator.Experiments.Domain.Sweep>.Assembly "Orchestrator.Experiments")

/// The folders along a circle, its first one at both ends; none where there is no circle.
let rec private circle (edges: (string * string) list) =
    let users, used = edges |> List.map fst |> set, edges |> List.map snd |> set

    if Set.isEmpty users then
        []
    elif not (Set.isSubset used users) then
        // What uses nothing is in no circle.
        edges |> List.filter (fun (_, into) -> users.Contains into) |> circle
    else
        let rec walk path folder =
            if List.contains folder path then
                folder :: List.takeWhile ((<>) folder) path @ [ folder ] |> List.rev
            else
                walk (folder :: path) (edges |> List.find (fun (from, _) -> from = folder) |> snd)

        walk [] (fst edges.Head)

let private explain (found: ((string * string) * string list) list) folders =
    let steps =
        List.pairwise folders
        |> List.map (fun (from, into) ->
            let pairs = found |> List.find (fun (edge, _) -> edge = (from, into)) |> snd
            $"""{from} -> {into}: {pairs |> List.truncate 3 |> String.concat ", "}""")

    String.concat "\n" steps

[<Fact>]
let ``a circle of folders is found, and what only leads to it is not part of it`` () =
    let edges = [ "a", "b"; "b", "c"; "c", "d"; "d", "b"; "c", "e" ]
    Assert.Equal<string list>([ "b"; "c"; "d"; "b" ], circle edges)
    Assert.Equal<string list>([], circle (List.except [ "d", "b" ] edges))

[<Fact>]
let ``what a compiled method, signature or attribute names counts as used`` () =
    let edges = core.Value |> List.map fst
    Assert.Contains(("Training", "Evaluation"), edges)
    Assert.Contains(("Data", "Contracts"), edges)
    Assert.Contains(("Cli", "Store"), experiments.Value |> List.map fst)

[<Fact>]
let ``no folders of Core use each other in a circle`` () =
    Assert.Equal("", core.Value |> List.map fst |> circle |> explain core.Value)

[<Fact>]
let ``no folders of Experiments use each other in a circle`` () =
    Assert.Equal("", experiments.Value |> List.map fst |> circle |> explain experiments.Value)

[<Fact>]
let ``a namespace begins with the folder of its file`` () =
    for file in sources "Core" @ sources "Experiments" do
        let place = Path.GetRelativePath(Repository.root, file)
        let parts = place.Split '/'

        let own =
            Regex.Match(
                File.ReadAllText file,
                @"^(?:namespace|module)(?: rec| internal)* (Orchestrator\.[\w.]+)",
                RegexOptions.Multiline
            )

        let isProvider =
            parts[1] = "LibTorch"
            || parts[1] = "TorchSharp"
            || place.StartsWith "Experiments/Report/Pages/"

        if own.Success && parts.Length > 2 && not isProvider then
            Assert.True((own.Groups[1].Value + ".").StartsWith $"Orchestrator.{parts[0]}.{parts[1]}.", place)

[<Fact>]
let ``the layers of Core are those that its architecture shows`` () =
    let layers =
        Repository.blocks "text" "docs/architecture.md"
        |> List.find _.Contains("Catalogue")
        |> _.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        |> Array.map (fun line -> Regex.Matches(line.Split("  ")[0], @"\w+") |> Seq.map _.Value |> List.ofSeq)
        |> List.ofArray

    let height =
        dict [
            for level, folders in List.indexed (List.rev layers) do
                for folder in folders do
                    folder, level
        ]

    for folder in
        Directory.GetDirectories(Repository.path "Core")
        |> Array.choose (Path.GetFileName >> Option.ofObj) do
        if not (List.contains folder [ "bin"; "obj"; "LibTorch"; "TorchSharp" ]) then
            Assert.True(height.ContainsKey folder, $"docs/architecture.md lacks Core/{folder}")

    for (from, into), pairs in core.Value do
        Assert.True(height[from] > height[into], explain [ (from, into), pairs ] [ from; into ])
