namespace Orchestrator.Experiments.Cli

open System
open System.Globalization
open Spectre.Console

/// The terminal that commands write to.
[<RequireQualifiedAccess>]
module Terminal =

    let private widthOf (text: string | null) =
        match Int32.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
        | true, width when width >= 20 -> Some width
        | _ -> None

    /// Standard output: colours and questions only where it is a terminal and NO_COLOR is unset. Elsewhere lines are
    /// long, so that a search finds whole sentences; COLUMNS sets another width.
    let standardOutput () : IAnsiConsole =
        let piped = Console.IsOutputRedirected

        let plain =
            piped
            || not (String.IsNullOrEmpty(Environment.GetEnvironmentVariable "NO_COLOR"))

        let console =
            AnsiConsole.Create(
                AnsiConsoleSettings(
                    Ansi = (if piped then AnsiSupport.No else AnsiSupport.Detect),
                    ColorSystem =
                        (if plain then
                             ColorSystemSupport.NoColors
                         else
                             ColorSystemSupport.Detect),
                    Interactive =
                        (if piped || Console.IsInputRedirected then
                             InteractionSupport.No
                         else
                             InteractionSupport.Detect)
                )
            )

        if piped then
            console.Profile.Width <-
                widthOf (Environment.GetEnvironmentVariable "COLUMNS")
                |> Option.defaultValue 160

        console
