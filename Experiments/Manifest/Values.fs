namespace Orchestrator.Experiments.Manifest

open System.Collections.Immutable
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Values of parameters, by their definitions.
[<RequireQualifiedAccess>]
module Values =

    let private bounds (definition: ParameterDefinition) =
        let low =
            definition.Minimum
            |> Option.ofNullable
            |> Option.map (fun low ->
                if definition.ExclusiveMinimum then
                    $"more than {Numerals.real low}"
                else
                    $"at least {Numerals.real low}")

        let high =
            definition.Maximum
            |> Option.ofNullable
            |> Option.map (fun high -> $"at most {Numerals.real high}")

        match List.choose id [ low; high ] with
        | [] -> ""
        | bounds -> $""", {String.concat " and " bounds}"""

    /// What a value of the parameter may be, in words.
    let allowed (definition: ParameterDefinition) =
        $"{definition.KindPhrase}{bounds definition}"

    let private checkBounds (definition: ParameterDefinition) (node: Node) (value: ParameterValue) =
        match Option.ofObj (definition.Check value) with
        | None -> Decoded.ok value
        | Some cause -> Decoded.fail node.Span $"{definition.Name}: {cause}" $"Write {allowed definition}."

    let private choice (definition: ParameterDefinition) node =
        let choices = definition.Choices |> Seq.map (fun name -> name, name) |> List.ofSeq
        Scalars.choice definition.Name choices node

    let private integers (definition: ParameterDefinition) (node: Node) =
        match node.Content with
        | Content.Sequence items ->
            items
            |> List.map (Scalars.int System.Int32.MinValue System.Int32.MaxValue)
            |> Decoded.all
        | _ ->
            Decoded.fail
                node.Span
                $"{definition.Name} is {definition.KindPhrase}, not {Node.describe node}"
                "Write a list such as [64, 32]."

    let private prefix (definition: ParameterDefinition) (decoded: Decoded<'T>) = {
        decoded with
            Diagnostics =
                decoded.Diagnostics
                |> List.map (fun diagnostic -> {
                    diagnostic with
                        Cause = $"{definition.Name}: {diagnostic.Cause}"
                        Remedy =
                            match diagnostic.Remedy with
                            | "Write a whole number."
                            | "Write a number." -> $"Write {allowed definition}."
                            | remedy -> remedy
                })
    }

    /// Reads one value of a parameter: of its kind, within its bounds, out of its choices.
    let decode (definition: ParameterDefinition) (node: Node) : Decoded<ParameterValue> =
        let kinded: Decoded<ParameterValue> =
            match definition.Kind with
            | ParameterKind.Integer ->
                Scalars.int System.Int32.MinValue System.Int32.MaxValue node
                |> prefix definition
                |> Decoded.map (fun value -> ParameterValue.Integer(int64 value))
            | ParameterKind.Real ->
                Scalars.real node
                |> prefix definition
                |> Decoded.map (fun value -> ParameterValue.Real value)
            | ParameterKind.Flag ->
                Scalars.flag node
                |> prefix definition
                |> Decoded.map (fun value -> ParameterValue.Flag value)
            | ParameterKind.Choice -> choice definition node |> Decoded.map (fun value -> ParameterValue.Text value)
            | ParameterKind.IntegerList ->
                integers definition node
                |> Decoded.map (fun values ->
                    ParameterValue.IntegerList(values |> Seq.map int64 |> ImmutableArray.CreateRange))
            | _ ->
                Scalars.text node
                |> prefix definition
                |> Decoded.map (fun value -> ParameterValue.Text value)

        kinded |> Decoded.bind (checkBounds definition node)

    let private notParameters = [
        "epochs",
        ("epochs are no parameter: they are readings of one training", "Write epochs: [10, 20] at the top level.")
        "seed",
        ("the seed is no parameter: every configuration gets the same seeds",
         "Write seeds: {replicates: 3, base: 1} at the top level.")
        "seeds",
        ("seeds are no parameter: every configuration gets the same seeds",
         "Write seeds: {replicates: 3, base: 1} at the top level.")
    ]

    /// The definition that a key names.
    let definition (rules: Rules) (key: string) (span: Span) : Decoded<ParameterDefinition> =
        match Rules.parameter key rules with
        | Some definition -> Decoded.ok definition
        | None ->
            let cause, remedy =
                notParameters
                |> List.tryFind (fun (name, _) -> name = key)
                |> Option.map snd
                |> Option.defaultWith (fun () ->
                    $"there is no parameter '{key}'", Spelling.remedy (rules.Parameters |> List.map _.Name) key)

            Decoded.fail span cause remedy

    /// Reads a mapping of parameters to values.
    let assignment rules what (node: Node) : Decoded<ParameterSet> =
        let field (name, key: Node, value) =
            definition rules name key.Span
            |> Decoded.bind (fun definition ->
                decode definition value
                |> Decoded.map (fun value -> System.Collections.Generic.KeyValuePair(name, value)))

        Fields.any what node
        |> Decoded.bind (fun fields ->
            if fields.Values.IsEmpty then
                Decoded.fail node.Span $"{what} names no parameter" "Write at least one, such as {latent: 2}."
            else
                fields.Values |> List.map field |> Decoded.all)
        |> Decoded.map ParameterSet.Of
