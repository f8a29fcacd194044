/// What holds of every page.
module Orchestrator.Experiments.Tests.Docs.PageTests

open System
open System.IO
open System.Text.RegularExpressions
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Xunit

[<Fact>]
let ``every file that a page links to is there`` () =
    for page in Repository.pages do
        let folder =
            Path.GetDirectoryName(Repository.path page)
            |> Option.ofObj
            |> Option.defaultValue Repository.root

        for link in Regex.Matches(Repository.read page, @"\]\(([^)#\s]+)[^)]*\)") do
            let target = link.Groups[1].Value

            if not (target.Contains "://") then
                let path = Path.Combine(folder, target)
                Assert.True(File.Exists path || Directory.Exists path, $"{page} links to {target}")

let private from =
    "<!-- generated from the catalogues; APPROVE=1 writes it anew -->\n"

let private until = "<!-- end of what is generated -->"

/// Set APPROVE=1 to write it anew.
[<Fact>]
let ``the manifest reference lists the parameters, data sets and metrics of the catalogues`` () =
    let page = "docs/manifest.md"
    let made = Reference.print (Bridge.rules None)
    let text = Repository.read page
    let first = text.IndexOf(from, StringComparison.Ordinal) + from.Length
    let last = text.IndexOf(until, StringComparison.Ordinal)
    Assert.True(first >= from.Length && last >= first, "the marks of the generated part are missing")

    if Environment.GetEnvironmentVariable "APPROVE" = "1" then
        File.WriteAllText(Repository.path page, text.Substring(0, first) + made + text.Substring last)

    Assert.Equal(made, (let text = Repository.read page in text.Substring(first, text.IndexOf until - first)))

/// The words of a quoted message that the program itself writes, without what is filled in.
let private fixedWords (message: string) =
    Regex.Split(message, @"\b(?:COUNT|NAME|PATH|METRIC)\b")
    |> Array.map _.Trim([| ' '; '.'; '\''; ':'; ',' |])
    |> Array.filter (fun part -> part.Length > 8)

[<Fact>]
let ``every message that the page of troubles quotes stands in the program's sources`` () =
    let sources =
        [ "Core"; "Experiments"; "build" ]
        |> List.collect (fun folder ->
            [ "*.cs"; "*.fs"; "*.sh" ]
            |> List.collect (fun kind ->
                Directory.GetFiles(Repository.path folder, kind, SearchOption.AllDirectories)
                |> List.ofArray))
        |> List.filter (fun file -> not (file.Contains "/obj/"))
        |> List.map File.ReadAllText

    let messages =
        Regex.Matches(Repository.read "docs/troubleshooting.md", "^### `(.*)`$", RegexOptions.Multiline)
        |> Seq.map _.Groups[1].Value
        |> List.ofSeq

    Assert.True(messages.Length > 8)

    for message in messages do
        let parts = fixedWords message
        Assert.NotEmpty parts

        for part in parts do
            Assert.True(sources |> List.exists _.Contains(part), $"'{part}' of '{message}'")

/// Code in pages that is part of the sources stands there word for word.
[<Theory>]
[<InlineData("csharp", "Core", "*.cs")>]
[<InlineData("razor", "Experiments", "*.razor")>]
[<InlineData("fs", "scripts", "*.fsx")>]
let ``code that a page shows out of the sources is in them just so`` (language: string, folder: string, kind: string) =
    let sources =
        Directory.GetFiles(Repository.path folder, kind, SearchOption.AllDirectories)
        |> Array.filter (fun file -> not (file.Contains "/obj/"))
        |> Array.map File.ReadAllText

    let shown =
        Repository.pages
        |> List.collect (fun page -> Repository.blocks language page |> List.map (fun block -> page, block))

    Assert.NotEmpty shown

    for page, block in shown do
        Assert.True(
            sources |> Array.exists _.Contains(block.TrimEnd()),
            $"{page} shows what is not in {folder}:\n{block}"
        )
