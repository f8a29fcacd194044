namespace Orchestrator.Experiments.Manifest

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Finds where a manifest says what a problem of its sweep is about.
[<RequireQualifiedAccess>]
module Locate =

    let private start = { Line = 1; Column = 1; Length = 1 }

    let private section (path: string) root =
        let step (found: Node option) name =
            found
            |> Option.bind (fun node ->
                match Node.tryValue name node with
                | Some value -> Some value
                // The part that is not written is missed in the part around it.
                | None -> Some node)

        path.Split '.' |> Array.fold step (Some root)

    let private keyOfFixed (rules: Rules) root name =
        Rules.parameter name rules
        |> Option.bind (fun definition ->
            let section, key = SweepDecoder.home definition

            match Node.tryField section root with
            | Some(_, value) ->
                Node.tryField key value
                |> Option.orElse (if key = "name" then Some(value, value) else None)
            | None -> None)

    let private axes root =
        match Node.tryValue "parameters" root |> Option.map _.Content with
        | Some(Content.Mapping fields) -> fields
        | _ -> []

    // The last, because of two the second is the one too many.
    let private keyOfAxis root name =
        let own (key, value) =
            if Node.text key = Some name && (Node.tryValue "zip" value).IsNone then
                Some(key, value)
            else
                Node.tryValue "zip" value |> Option.bind (Node.tryField name)

        axes root |> List.choose own |> List.tryLast

    let private field rules root name =
        keyOfAxis root name |> Option.orElseWith (fun () -> keyOfFixed rules root name)

    let rec private scalarsWithin (node: Node) =
        match node.Content with
        | Content.Scalar _ -> [ node ]
        | Content.Sequence items -> node :: List.collect scalarsWithin items
        | Content.Mapping fields -> fields |> List.collect (fun (_, value) -> scalarsWithin value)

    let private valueNode rules root name (value: ParameterValue) =
        let equal definition node =
            (Values.decode definition node).Value = Some value

        match Rules.parameter name rules, field rules root name with
        | Some definition, Some(_, node) -> scalarsWithin node |> List.filter (equal definition) |> List.tryLast
        | _ -> None

    let private item section index root =
        match Node.tryValue section root |> Option.map _.Content with
        | Some(Content.Sequence items) -> List.tryItem index items
        | _ -> None

    let private condition root name =
        axes root
        |> List.tryPick (fun (key, value) ->
            let varies =
                Node.text key = Some name
                || (Node.tryValue "zip" value |> Option.bind (Node.tryField name)).IsSome

            let whens =
                match value.Content with
                | Content.Sequence items -> items |> List.choose (Node.tryValue "when")
                | _ -> Node.tryValue "when" value |> Option.toList

            if varies then List.tryHead whens else None)

    /// The stretch of the manifest that a place is written in; the nearest one where it is not written out.
    let span (rules: Rules) (root: Node) (place: Place) : Span =
        let keySpan name =
            field rules root name |> Option.map (fun (key, _) -> key.Span)

        let found =
            match place with
            | Place.Section path -> section path root |> Option.map _.Span
            | Place.Parameter name -> keySpan name
            | Place.Fixed name -> keyOfFixed rules root name |> Option.map (fun (key, _) -> key.Span)
            | Place.Value(name, value) ->
                valueNode rules root name value
                |> Option.map _.Span
                |> Option.orElseWith (fun () -> keySpan name)
            | Place.Condition name ->
                condition root name
                |> Option.map _.Span
                |> Option.orElseWith (fun () -> keySpan name)
            | Place.Exclusion index -> item "exclude" index root |> Option.map _.Span
            | Place.Inclusion index -> item "include" index root |> Option.map _.Span

        found |> Option.defaultValue start
