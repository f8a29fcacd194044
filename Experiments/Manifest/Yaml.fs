namespace Orchestrator.Experiments.Manifest

open System
open System.IO
open YamlDotNet.Core
open YamlDotNet.Core.Events

/// Reads YAML into nodes with places. A manifest is data: tags, anchors and aliases are refused, and everything
/// that could grow without bound has a limit.
[<RequireQualifiedAccess>]
module Yaml =

    /// The longest manifest, in characters.
    let maximumLength = 1_000_000

    /// The deepest nesting.
    let maximumDepth = 16

    /// The most values, keys included.
    let maximumNodes = 100_000

    // Stops the reading at the first thing that makes the rest unreadable; never leaves this file.
    exception private Refused of Diagnostic

    let private refuse span cause remedy =
        raise (Refused(Diagnostic.create span cause remedy))

    let private spanOf (first: Mark) (last: Mark) =
        let length =
            if last.Line = first.Line then
                int (last.Column - first.Column)
            else
                1

        {
            Line = int first.Line
            Column = int first.Column
            Length = max 1 length
        }

    let private spanOfEvent (event: ParsingEvent) = spanOf event.Start event.End

    let private nextEvent (parser: Parser) : ParsingEvent =
        let place =
            match parser.Current with
            | NonNull event -> spanOf event.End event.End
            | Null -> { Line = 1; Column = 1; Length = 1 }

        // The scanner leaves some broken texts with these instead of its own exception.
        let moved =
            try
                parser.MoveNext()
            with
            | :? InvalidOperationException
            | :? ArgumentException
            | :? IndexOutOfRangeException ->
                refuse
                    place
                    "this is not YAML: something here, or just below, is not closed"
                    "Look for a missing bracket, brace or quote."

        match moved, parser.Current with
        | true, NonNull event -> event
        | _ -> refuse place "the file ends in the middle" "Complete it."

    let private refuseExtras (event: NodeEvent) =
        let span = spanOfEvent event

        if not event.Anchor.IsEmpty then
            refuse span $"anchors (&{event.Anchor}) are not read" "Write the value out where it is needed."

        if not event.Tag.IsEmpty then
            refuse span $"tags ({event.Tag}) are not read" "Write the plain value."

    let private readUntil parser (isEnd: ParsingEvent -> bool) item =
        let items = ResizeArray()
        let mutable event = nextEvent parser

        while not (isEnd event) do
            items.Add(item event)
            event <- nextEvent parser

        List.ofSeq items

    let private readTree parser first =
        let mutable nodes = 0

        let count span =
            nodes <- nodes + 1

            if nodes > maximumNodes then
                refuse
                    span
                    $"the manifest has more than {maximumNodes} values"
                    "Use range, linspace or geomspace in place of long lists."

        let deeper span depth =
            if depth >= maximumDepth then
                refuse
                    span
                    $"the nesting is deeper than {maximumDepth}"
                    "A manifest needs four levels; remove the brackets around this."

        let rec read depth (event: ParsingEvent) : Node =
            let span = spanOfEvent event
            count span

            match event with
            | :? Scalar as scalar ->
                refuseExtras scalar

                {
                    Span = span
                    Content = Content.Scalar(scalar.Value, (scalar.Style = ScalarStyle.Plain))
                }
            | :? SequenceStart as start ->
                refuseExtras start
                deeper span depth

                let items =
                    readUntil parser (fun event -> event :? SequenceEnd) (fun event -> read (depth + 1) event)

                {
                    Span = span
                    Content = Content.Sequence items
                }
            | :? MappingStart as start ->
                refuseExtras start
                deeper span depth

                let fields =
                    readUntil parser (fun event -> event :? MappingEnd) (fun event ->
                        let key = read (depth + 1) event
                        key, read (depth + 1) (nextEvent parser))

                {
                    Span = span
                    Content = Content.Mapping fields
                }
            | :? AnchorAlias as alias ->
                refuse span $"aliases (*{alias.Value}) are not read" "Write the value out where it is needed."
            | _ -> refuse span "a value is missing here" "Complete the entry."

        read 0 first

    let private readDocument (text: string) =
        let parser = Parser(new StringReader(text))
        let start = { Line = 1; Column = 1; Length = 1 }

        let example =
            "Begin with version: 1 and sweep: a-name; see manifests/quickstart.yaml."

        nextEvent parser |> ignore<ParsingEvent>

        match nextEvent parser with
        | :? StreamEnd -> refuse start "the manifest is empty" example
        | _ -> ()

        let root = readTree parser (nextEvent parser)
        nextEvent parser |> ignore<ParsingEvent>

        match nextEvent parser with
        | :? StreamEnd -> root
        | event -> refuse (spanOfEvent event) "a second document begins here" "Give each sweep a file of its own."

    let private isIndentedByTab (line: string) =
        line.Substring(0, line.Length - line.TrimStart().Length).Contains '\t'

    let private syntaxError (text: string) (error: YamlException) =
        let span = spanOf error.Start error.Start

        // The parser notices a tab only where the block around it ends.
        match text.Split('\n') |> Array.tryFindIndex isIndentedByTab with
        | Some index ->
            let tab = {
                Line = index + 1
                Column = 1
                Length = 1
            }

            Diagnostic.create tab "a tab indents this line" "Indent with spaces; YAML allows no tabs there."
        | None ->
            let detail = error.Message.TrimEnd('.')

            let detail =
                if detail = "" then
                    "it cannot be read"
                else
                    detail.Substring(0, 1).ToLowerInvariant() + detail.Substring 1

            Diagnostic.create
                span
                $"this is not YAML: {detail}"
                "Look for a missing colon, quote or bracket, or an indent that differs, here or just above."

    /// The tree of a text, or why there is none.
    let parse (text: string) : Result<Node, Diagnostic> =
        if text.Length > maximumLength then
            let span = { Line = 1; Column = 1; Length = 1 }

            Error(
                Diagnostic.create
                    span
                    $"the manifest has more than {maximumLength} characters"
                    "Use range, linspace or geomspace in place of long lists."
            )
        else
            try
                Ok(readDocument text)
            with
            | Refused diagnostic -> Error diagnostic
            | :? YamlException as error -> Error(syntaxError text error)
