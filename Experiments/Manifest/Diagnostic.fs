namespace Orchestrator.Experiments.Manifest

/// A stretch of one line of a manifest, counted from 1.
type Span = { Line: int; Column: int; Length: int }

/// Something wrong at a place of a manifest, and what to do about it.
type Diagnostic = {
    Span: Span
    Cause: string
    Remedy: string
}

[<RequireQualifiedAccess>]
module Diagnostic =

    let create span cause remedy = {
        Span = span
        Cause = cause
        Remedy = remedy
    }

    // A manifest that is wrong in a thousand places is wrong in one.
    let private shown = 50

    // A line as wide as a file cannot be read beside its caret.
    let private widest = 160

    let private excerpt (line: string) column =
        if line.Length <= widest then
            line, column
        else
            let start = max 0 (min (column - 1 - widest / 2) (line.Length - widest))
            line.Substring(start, widest), column - start

    // Tabs keep their place above the caret; control characters must not reach a terminal.
    let private visible (line: string) =
        line
        |> String.map (fun letter ->
            if letter <> '\t' && System.Char.IsControl letter then
                '?'
            else
                letter)

    let private show (file: string) (lines: string array) diagnostic =
        let {
                Line = number
                Column = column
                Length = length
            } =
            diagnostic.Span

        let head = visible $"{file}:{number}:{column}: {diagnostic.Cause}"
        let remedy = visible diagnostic.Remedy

        if number < 1 || number > lines.Length then
            $"{head}\n  = {remedy}\n"
        else
            let line, column = excerpt (lines[number - 1].TrimEnd()) column
            let gutter = string number
            let margin = String.replicate gutter.Length " "
            let before = line.Substring(0, min line.Length (max 0 (column - 1)))

            let indent =
                before |> String.map (fun letter -> if letter = '\t' then '\t' else ' ')

            let carets = String.replicate (max 1 (min length (line.Length - before.Length))) "^"
            $"{head}\n {margin} |\n {gutter} | {visible line}\n {margin} | {indent}{carets}\n {margin} = {remedy}\n"

    /// The diagnostics as people read them: place, cause, the line with a caret, remedy; in the order of the file.
    let print file (text: string) diagnostics =
        let lines = text.Replace("\r\n", "\n").Split('\n', '\r')

        let sorted =
            diagnostics
            |> List.distinct
            |> List.sortBy (fun diagnostic -> diagnostic.Span.Line, diagnostic.Span.Column)

        let rest = List.length sorted - shown
        let more = if rest > 0 then [ $"... and {rest} more\n" ] else []

        (sorted |> List.truncate shown |> List.map (show file lines)) @ more
        |> String.concat "\n"
