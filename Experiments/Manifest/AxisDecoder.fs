namespace Orchestrator.Experiments.Manifest

open System
open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Reads the section parameters: what varies, and over which values.
[<RequireQualifiedAccess>]
module AxisDecoder =

    /// The most values of one axis.
    let maximumPoints = 10_000

    let private spacings = [ "values"; "range"; "linspace"; "geomspace" ]

    let private isNumeric (definition: ParameterDefinition) =
        definition.Kind = ParameterKind.Integer || definition.Kind = ParameterKind.Real

    let private number (value: ParameterValue) =
        match value with
        | :? ParameterValue.Integer as value -> float value.Value
        | :? ParameterValue.Real as value -> value.Value
        | _ -> nan

    // Numbers of a spacing as values of the parameter; a whole-number parameter takes no fractions.
    let private ofNumbers
        (definition: ParameterDefinition)
        (node: Node)
        (numbers: float list)
        : Decoded<ParameterValue list> =
        if definition.Kind = ParameterKind.Real then
            numbers
            |> List.map (fun number -> ParameterValue.Real number :> ParameterValue)
            |> Decoded.ok
        else
            match numbers |> List.tryFind (fun number -> number <> Math.Floor number) with
            | Some fraction ->
                Decoded.fail
                    node.Span
                    $"{definition.Name}: this gives {Numerals.real fraction}, and a whole number is needed"
                    "Choose ends and count (or step) that give whole numbers, or list the values."
            | None ->
                numbers
                |> List.map (fun number -> ParameterValue.Integer(int64 number) :> ParameterValue)
                |> Decoded.ok

    let private ends (definition: ParameterDefinition) keyword keys example (node: Node) =
        Fields.known keyword keys node
        |> Decoded.bind (fun fields ->
            let last =
                Fields.required "to" $"Write {keyword}: {example}." (Values.decode definition) fields

            let first =
                Fields.required "from" $"Write {keyword}: {example}." (Values.decode definition) fields

            Decoded.zip first last
            |> Decoded.map (fun (first, last) -> fields, number first, number last)
            |> Decoded.require node.Span (fun (_, first, last) ->
                if first > last then
                    Some(
                        $"'from' ({Numerals.real first}) is greater than 'to' ({Numerals.real last})",
                        "Exchange them."
                    )
                else
                    None))

    let private tooMany (definition: ParameterDefinition) (node: Node) (count: float) =
        Decoded.fail
            node.Span
            $"""{definition.Name}: {count.ToString("N0", Globalization.CultureInfo.InvariantCulture)} values are more than {Numerals.count (bigint maximumPoints)}"""
            "Take a larger step or a smaller count."

    let private range (definition: ParameterDefinition) (node: Node) =
        ends definition "range" [ "from"; "to"; "step" ] "{from: 2, to: 8, step: 2}" node
        |> Decoded.bind (fun (fields, first, last) ->
            let one: Decoded<float> = Decoded.ok 1.0

            let step =
                match Fields.tryFind "step" fields with
                | None -> one
                | Some step ->
                    Scalars.real step
                    |> Decoded.require step.Span (fun value ->
                        if value > 0.0 then
                            None
                        else
                            Some($"a step of {Numerals.real value} leads nowhere", "Write a step greater than 0."))

            step
            |> Decoded.bind (fun step ->
                let count = Spacing.steps first last step + 1.0

                if count > float maximumPoints then
                    tooMany definition node count
                else
                    Spacing.range first last step |> ofNumbers definition node))

    let private spaced keyword example check spread (definition: ParameterDefinition) (node: Node) =
        ends definition keyword [ "from"; "to"; "count" ] example node
        |> Decoded.bind (fun (fields, first, last) ->
            Fields.required "count" $"Write {keyword}: {example}." (Scalars.int 1 Int32.MaxValue) fields
            |> Decoded.bind (fun count ->
                if count > maximumPoints then
                    tooMany definition node (float count)
                elif count = 1 && first < last then
                    Decoded.fail node.Span "a count of 1 has no room for both ends" "Write a count of 2 or more."
                else
                    Decoded.ok count)
            |> Decoded.require node.Span (fun _ -> check first)
            |> Decoded.bind (fun count -> spread first last count |> ofNumbers definition node))

    let private linspace =
        spaced "linspace" "{from: 0, to: 1, count: 5}" (fun _ -> None) Spacing.linear

    let private geomspace =
        spaced
            "geomspace"
            "{from: 0.5, to: 4, count: 4}"
            (fun first ->
                if first > 0.0 then
                    None
                else
                    Some(
                        "geomspace multiplies, and cannot leave or cross 0",
                        "Write ends greater than 0, or use linspace."
                    ))
            Spacing.geometric

    let private listed (definition: ParameterDefinition) (node: Node) : Decoded<ParameterValue list> =
        match node.Content with
        | Content.Sequence [] ->
            Decoded.fail
                node.Span
                $"{definition.Name}: the list of values is empty"
                "Write at least one value, or remove the parameter."
        | Content.Sequence items when items.Length > maximumPoints -> tooMany definition node (float items.Length)
        | Content.Sequence items -> items |> List.map (Values.decode definition) |> Decoded.all
        | _ when Node.isNull node ->
            Decoded.fail node.Span $"{definition.Name}: the values are missing" $"Write {definition.Name}: [...]."
        | _ ->
            Decoded.fail
                node.Span
                $"{definition.Name}: {Node.describe node} is no list of values"
                $"Write a list in brackets; a value that does not vary belongs under {definition.Section.ToString().ToLowerInvariant()}:."

    let private spacing (definition: ParameterDefinition) name node =
        match name with
        | "values" -> listed definition node
        | _ when not (isNumeric definition) ->
            Decoded.fail
                node.Span
                $"{name} needs numbers, and {definition.Name} is {definition.KindPhrase}"
                $"Write {definition.Name}: {{values: [...]}}."
        | "range" -> range definition node
        | "linspace" -> linspace definition node
        | _ -> geomspace definition node

    let private oneOf (keywords: string list) what (fields: Fields) : Decoded<string * Node> =
        match fields.Values |> List.filter (fun (name, _, _) -> List.contains name keywords) with
        | [ name, _, value ] -> Decoded.ok (name, value)
        | [] when fields.Values |> List.exists (fun (name, _, _) -> name <> "when") -> Decoded.missing
        | [] ->
            let known = String.Join(", ", keywords)
            Decoded.fail fields.Node.Span $"{what} says nothing about its values" $"Write one of {known}."
        | (first, _, _) :: (second, key, _) :: _ ->
            Decoded.fail key.Span $"{what} has both {first} and {second}" "Keep one of them."

    // A list, or a mapping with one spacing.
    let private points (definition: ParameterDefinition) (node: Node) : Decoded<ParameterValue list> =
        match node.Content with
        | Content.Mapping _ ->
            Fields.known definition.Name spacings node
            |> Decoded.bind (oneOf spacings definition.Name)
            |> Decoded.bind (fun (name, value) -> spacing definition name value)
        | _ -> listed definition node

    let private zip rules (node: Node) : Decoded<string list * ParameterSet list> =
        let column (name, key: Node, value: Node) =
            Values.definition rules name key.Span
            |> Decoded.bind (fun definition -> points definition value |> Decoded.map (fun values -> name, key, values))

        let aligned columns =
            let lengths =
                columns |> List.map (fun (name, _, values) -> name, List.length values)

            match columns with
            | [] -> Some("zip names no parameter", "Write zip: {width: [32, 64], learning_rate: [1.0e-3, 5.0e-4]}.")
            | [ _ ] ->
                Some(
                    "zip of one parameter does nothing",
                    "Add the parameters that vary with it, or write it as an axis of its own."
                )
            | _ when lengths |> List.distinctBy snd |> List.length = 1 -> None
            | _ ->
                let lengths =
                    lengths
                    |> List.map (fun (name, length) -> $"{name} has {length}")
                    |> String.concat ", "

                Some(
                    $"zip needs lists of one length: {lengths}",
                    "Make them equally long; the first values go together, the second, and so on."
                )

        Fields.any "zip" node
        |> Decoded.bind (fun fields -> fields.Values |> List.map column |> Decoded.all)
        |> Decoded.require node.Span aligned
        |> Decoded.map (fun columns ->
            let names = columns |> List.map (fun (name, _, _) -> name)

            let rows =
                columns
                |> List.map (fun (name, _, values) -> values |> List.map (fun value -> KeyValuePair(name, value)))
                |> List.transpose

            names, rows |> List.map ParameterSet.Of)

    let private condition rules (fields: Fields) : Decoded<ParameterSet option> =
        match Fields.tryFind "when" fields with
        | None -> Decoded.ok None
        | Some node -> Values.assignment rules "when" node |> Decoded.map Some

    let private ofParameter rules (definition: ParameterDefinition) (node: Node) : Decoded<Axis> =
        let axis condition values = {
            Parameters = [ definition.Name ]
            Points =
                values
                |> List.map (fun value -> ParameterSet.Empty.With(definition.Name, value))
            When = condition
        }

        match node.Content with
        | Content.Mapping _ ->
            Fields.known definition.Name (spacings @ [ "when" ]) node
            |> Decoded.bind (fun fields ->
                let values =
                    oneOf spacings definition.Name fields
                    |> Decoded.bind (fun (name, value) -> spacing definition name value)

                Decoded.zip (condition rules fields) values
                |> Decoded.map (fun (condition, values) -> axis condition values))
        | _ -> listed definition node |> Decoded.map (axis None)

    let private ofZip rules label (fields: Fields) zipped : Decoded<Axis> =
        let others = Fields.known label [ "zip"; "when" ] fields.Node

        Decoded.zip others (Decoded.zip (zip rules zipped) (condition rules fields))
        |> Decoded.map (fun (_, ((names, points), condition)) -> {
            Parameters = names
            Points = points
            When = condition
        })

    let private isMapping (node: Node) =
        match node.Content with
        | Content.Mapping _ -> true
        | _ -> false

    // The axes of one key: a zip under any label, else one axis of the parameter, or one for each condition.
    let private ofKey rules (label, key: Node, node: Node) : Decoded<Axis list> =
        match node.Content, Node.tryValue "zip" node with
        | Content.Mapping _, Some zipped ->
            Fields.any label node
            |> Decoded.bind (fun fields -> ofZip rules label fields zipped)
            |> Decoded.map List.singleton
        | content, _ ->
            Values.definition rules label key.Span
            |> Decoded.bind (fun definition ->
                match content with
                | Content.Sequence(first :: rest) when isMapping first ->
                    first :: rest |> List.map (ofParameter rules definition) |> Decoded.all
                | _ -> ofParameter rules definition node |> Decoded.map List.singleton)

    /// Reads all axes.
    let decode rules (node: Node) : Decoded<Axis list> =
        Fields.any "parameters" node
        |> Decoded.bind (fun fields ->
            fields.Values
            |> List.map (ofKey rules)
            |> Decoded.collect
            |> Decoded.map List.concat)
