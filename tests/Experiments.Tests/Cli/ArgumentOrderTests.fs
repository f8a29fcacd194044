module Orchestrator.Experiments.Tests.Cli.ArgumentOrderTests

open Argu
open Orchestrator.Experiments.Cli
open Xunit

let private parsed (line: string) =
    let parser = ArgumentParser.Create<Arguments>(programName = "orchestrator")

    (parser.ParseCommandLine(line.Split ' ', raiseOnUsage = true)).GetAllResults()
    |> string

[<Theory>]
[<InlineData("show 0123", "--json")>]
[<InlineData("status first", "--json")>]
[<InlineData("data mnist", "--json")>]
[<InlineData("logs first", "-f")>]
[<InlineData("run first.yaml", "--fail-fast")>]
[<InlineData("plan first.yaml", "--json")>]
[<InlineData("report first", "--results elsewhere")>]
[<InlineData("new first.yaml", "--vary latent=2,8")>]
let ``options may stand before and after what a command is about`` (command: string, option: string) =
    let words = command.Split ' '
    Assert.NotEqual<string>("", parsed $"{command} {option}")
    Assert.NotEqual<string>("", parsed $"{words[0]} {option} {words[1]}")
