namespace Orchestrator.Experiments.Cli

open System
open System.Text
open Orchestrator.Core.Data
open Spectre.Console

/// Pictures in a terminal: every character is an upper half block, two pixels one above the other.
[<RequireQualifiedAccess>]
module TerminalPicture =

    /// True where the terminal shows colours enough for a picture.
    let canShow (console: IAnsiConsole) =
        console.Profile.Capabilities.Ansi
        && console.Profile.Capabilities.ColorSystem >= ColorSystem.EightBit

    // The mean over the part of the picture that a pixel of the smaller one stands for.
    let private sample (picture: Picture) (scale: float) channel row column =
        let shape = picture.Shape
        let channel = min channel (shape.Channels - 1)

        let span index limit =
            let first = int (float index * scale)
            first, max first (min (limit - 1) (int (float (index + 1) * scale) - 1))

        let top, bottom = span row shape.Height
        let left, right = span column shape.Width
        let pixels = picture.Pixels.Span
        let mutable sum = 0

        for y in top..bottom do
            for x in left..right do
                sum <- sum + int pixels[(channel * shape.Height + y) * shape.Width + x]

        sum / ((bottom - top + 1) * (right - left + 1))

    /// The lines of a picture, as markup, no wider than so many columns.
    let lines (picture: Picture) (columns: int) : string list =
        let shape = picture.Shape
        let scale = max 1.0 (float shape.Width / float (max 1 columns))

        let width, height =
            int (float shape.Width / scale), int (float shape.Height / scale)

        let colour row column =
            if row >= height then
                "default"
            else
                let value channel = sample picture scale channel row column

                $"rgb({value 0},{value 1},{value 2})"

        [
            for row in 0..2 .. height - 1 do
                let text = StringBuilder()

                for column in 0 .. width - 1 do
                    text.Append($"[{colour row column} on {colour (row + 1) column}]▀[/]") |> ignore

                text.ToString()
        ]

    /// Draws a picture with what it shows.
    let draw (console: IAnsiConsole) (title: string) (picture: Picture) =
        console.MarkupLine $"  [dim]{Markup.Escape title}[/]"

        for line in lines picture (min 160 (console.Profile.Width - 4)) do
            console.MarkupLine $"  {line}"
