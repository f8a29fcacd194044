/// The command lines that the documents show, and the help that the program prints.
module Orchestrator.Experiments.Tests.Docs.CommandLineTests

open System
open System.IO
open Argu
open Orchestrator.Experiments.Cli
open Xunit

let private parser = ArgumentParser.Create<Arguments>(programName = "orchestrator")

let private commands = ShownCommands.ofProgram
let private ofLauncher = ShownCommands.ofLauncher

[<Fact>]
let ``every command line that a page shows is one that the program takes`` () =
    Assert.True(commands.Length > 10)

    for page, words in commands do
        match words with
        | [] -> ()
        | first :: _ when List.contains first ofLauncher -> ()
        | _ when (HelpText.asked parser (Array.ofList words)).IsSome -> ()
        | _ ->
            try
                parser.ParseCommandLine(Array.ofList words, raiseOnUsage = true)
                |> ignore<ParseResults<Arguments>>
            with :? ArguParseException as refusal ->
                Assert.Fail $"""{page}: orchestrator {String.Join(" ", words)}: {refusal.Message}"""

[<Fact>]
let ``every file that a shown command line names is in the repository, or is written by the page`` () =
    let written = [ "my-sweep.yaml"; "own.yaml" ]

    for page, words in commands @ ShownCommands.ofScripts do
        for word in words do
            let isSource = word.EndsWith ".yaml" || word.EndsWith ".fsx"

            if isSource && not (List.contains word written) then
                Assert.True(File.Exists(Repository.path word), $"{page}: {word}")

[<Theory>]
[<InlineData("--help")>]
[<InlineData("-h")>]
[<InlineData("help")>]
let ``help names every command, those of the launcher, and where to begin`` (word: string) =
    match HelpText.asked parser [| word |] with
    | None -> Assert.Fail "no help"
    | Some text ->
        for command in parser.GetSubCommandParsers() do
            match command.ParentInfo with
            | Some info -> Assert.Contains($"  {info.Name.Value} ", text)
            | None -> ()

        Assert.Contains("run manifests/quickstart.yaml", text)
        Assert.All(ofLauncher, (fun command -> Assert.Contains($"  {command} ", text)))
        Assert.All(text.Split '\n', (fun line -> Assert.True(line.Length <= 112, line)))

[<Fact>]
let ``help after a command, before or behind its arguments, is that command's`` () =
    for line in [ "run --help"; "run sweep.yaml --help"; "new -h" ] do
        match HelpText.asked parser (line.Split ' ') with
        | Some text -> Assert.Contains($"orchestrator {line.Split(' ')[0]}", text)
        | None -> Assert.Fail line

[<Fact>]
let ``a command line that asks for no help gets none`` () =
    Assert.Equal(None, HelpText.asked parser [| "status"; "helpful" |])
