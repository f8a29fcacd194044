module Orchestrator.Experiments.Tests.Cli.CompletionCommandTests

open System
open System.Diagnostics
open System.IO
open Argu
open Orchestrator.Experiments.Cli
open Xunit

let private script shell =
    CompletionCommand.script (ArgumentParser.Create<Arguments>(programName = "orchestrator")) shell

let private execute (program: string) (arguments: string list) (folder: string) =
    let start =
        ProcessStartInfo(
            program,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        )

    arguments |> List.iter start.ArgumentList.Add

    use running =
        Process.Start start
        |> Option.ofObj
        |> Option.defaultWith (fun () -> invalidOp $"{program} does not start")

    let errors = running.StandardError.ReadToEndAsync()
    let output = running.StandardOutput.ReadToEnd()
    running.WaitForExit()
    Assert.Equal("", errors.Result.Trim())
    output

/// What bash offers for a line whose last word is being typed.
let private offered (line: string) =
    let folder = Directory.CreateTempSubdirectory "completion"

    try
        folder.CreateSubdirectory "results/first-sweep" |> ignore
        folder.CreateSubdirectory "results/second-sweep" |> ignore
        File.WriteAllText(Path.Combine(folder.FullName, "quickstart.yaml"), "")
        File.WriteAllText(Path.Combine(folder.FullName, "completion.bash"), script Bash)
        let words = line.Split ' '
        let quoted = words |> Array.map (fun word -> $"'{word}'") |> String.concat " "

        let drive =
            $"compopt() {{ :; }}; source completion.bash; COMP_WORDS=({quoted}); COMP_CWORD={words.Length - 1}; _orchestrator; printf '%%s\\n' \"${{COMPREPLY[@]}}\""

        let output = execute "bash" [ "--norc"; "-c"; drive ] folder.FullName
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries) |> List.ofArray
    finally
        folder.Delete true

[<Theory>]
[<InlineData("orchestrator pl", "plan")>]
[<InlineData("orchestrator --ver", "--version")>]
[<InlineData("orchestrator run --fail", "--fail-fast")>]
[<InlineData("orchestrator run qui", "quickstart.yaml")>]
[<InlineData("orchestrator run --results res", "results")>]
[<InlineData("orchestrator status sec", "second-sweep")>]
[<InlineData("orchestrator report --results results fir", "first-sweep")>]
[<InlineData("orchestrator completion f", "fish")>]
[<InlineData("orchestrator new --dataset fas", "fashion-mnist")>]
[<InlineData("orchestrator export first-sweep --format op", "optuna")>]
[<InlineData("orchestrator plan ", "quickstart.yaml results")>]
let ``bash completes commands, options, files, folders, sweeps and choices`` (line: string, expected: string) =
    Assert.Equal<string list>(expected.Split ' ' |> List.ofArray, offered line |> List.except [ "completion.bash" ])

[<Fact>]
let ``bash offers every command that help lists`` () =
    let commands =
        ArgumentParser.Create<Arguments>(programName = "orchestrator").GetSubCommandParsers()
        |> List.choose _.ParentInfo
        |> List.map _.Name.Value

    Assert.NotEmpty commands
    Assert.Equal<Set<string>>(Set.empty, Set.ofList commands - Set.ofList (offered "orchestrator "))

let private installed (program: string) =
    (Environment.GetEnvironmentVariable "PATH"
     |> Option.ofObj
     |> Option.defaultValue "")
        .Split
        ':'
    |> Array.exists (fun folder -> File.Exists(Path.Combine(folder, program)))

[<Fact>]
let ``zsh accepts its script`` () =
    Assert.SkipUnless(installed "zsh", "zsh is not installed")

    let load =
        "autoload -Uz compinit; compinit -u -D; eval \"$1\"; print ${_comps[orchestrator]}"

    let output =
        execute "zsh" [ "-f"; "-c"; load; "zsh"; script Zsh ] (Path.GetTempPath())

    Assert.Equal("_orchestrator", output.Trim())

[<Theory>]
[<InlineData("", "first second")>]
[<InlineData("--results other", "third")>]
let ``zsh offers the sweeps of the results folder`` (option: string, expected: string) =
    Assert.SkipUnless(installed "zsh", "zsh is not installed")
    let folder = Directory.CreateTempSubdirectory "completion"

    try
        for sweep in [ "results/first"; "results/second"; "other/third" ] do
            folder.CreateSubdirectory sweep |> ignore

        let ask =
            $"compdef() {{ :; }}; compadd() {{ print ${{(P)2}}; }}; eval \"$1\"; words=(report {option} ''); _orchestrator_sweeps"

        Assert.Equal(expected, (execute "zsh" [ "-f"; "-c"; ask; "zsh"; script Zsh ] folder.FullName).Trim())
    finally
        folder.Delete true

[<Fact>]
let ``fish offers manifests, scripts and folders where a manifest stands`` () =
    Assert.SkipUnless(installed "fish", "fish is not installed")
    let folder = Directory.CreateTempSubdirectory "completion"

    try
        folder.CreateSubdirectory "inner" |> ignore

        for file in [ "sweep.yaml"; "other.yml"; "script.fsx"; "notes.txt" ] do
            File.WriteAllText(Path.Combine(folder.FullName, file), "")

        let ask = "echo $argv[1] | source; complete -C $argv[2]"

        let output =
            execute "fish" [ "--no-config"; "-c"; ask; script Fish; "orchestrator plan " ] folder.FullName

        let offers =
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            |> Array.map (fun line -> (line.Split '\t')[0])
            |> List.ofArray

        Assert.Equal<string list>([ "inner/"; "other.yml"; "script.fsx"; "sweep.yaml" ], List.sort offers)
    finally
        folder.Delete true

[<Theory>]
[<InlineData("orchestrator pl", "plan")>]
[<InlineData("orchestrator run --fail", "--fail-fast")>]
[<InlineData("orchestrator completion z", "zsh")>]
[<InlineData("orchestrator new --dataset fas", "fashion-mnist")>]
let ``fish completes commands, options and choices`` (line: string, expected: string) =
    Assert.SkipUnless(installed "fish", "fish is not installed")
    let ask = "echo $argv[1] | source; complete -C $argv[2]"

    let output =
        execute "fish" [ "--no-config"; "-c"; ask; script Fish; line ] (Path.GetTempPath())

    Assert.Equal(expected, (output.Split('\t', '\n'))[0])
