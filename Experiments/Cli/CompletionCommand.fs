namespace Orchestrator.Experiments.Cli

open Argu

/// The shells that can complete the command line.
type Shell =
    | Bash
    | Zsh
    | Fish

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type CompletionArguments =
    | [<MainCommand; ExactlyOnce>] Shell of Shell

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Shell _ -> "the shell: bash, zsh or fish."

/// Prints the script that makes a shell complete the command line.
[<RequireQualifiedAccess>]
module CompletionCommand =

    /// The script for a shell, out of the parser's own description.
    let script (parser: ArgumentParser) shell =
        let program = CommandSchema.ofParser "orchestrator" parser

        match shell with
        | Bash -> BashCompletion.script program
        | Zsh -> ZshCompletion.script program
        | Fish -> FishCompletion.script program

    /// Prints the script; always succeeds.
    let run (parser: ArgumentParser) shell =
        System.Console.Out.WriteLine(script parser shell)
        0
