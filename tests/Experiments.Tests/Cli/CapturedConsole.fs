namespace Orchestrator.Experiments.Tests.Cli

open System
open System.IO
open Spectre.Console

/// A console that keeps what is written to it, as wide as a test wants it.
[<RequireQualifiedAccess>]
module CapturedConsole =

    /// What the work answers, and the lines that it wrote.
    let write (width: int) (work: IAnsiConsole -> 'T) : 'T * string list =
        use written = new StringWriter()

        let console =
            AnsiConsole.Create(
                AnsiConsoleSettings(
                    Ansi = AnsiSupport.No,
                    ColorSystem = ColorSystemSupport.NoColors,
                    Interactive = InteractionSupport.No,
                    Out = AnsiConsoleOutput written
                )
            )

        console.Profile.Width <- width
        let answer = work console
        answer, written.ToString().Split('\n') |> Seq.map _.TrimEnd() |> List.ofSeq
