namespace Orchestrator.Experiments.Manifest

/// The fields of a mapping whose keys were looked at.
type Fields = {
    Node: Node
    Values: (string * Node * Node) list
}

/// Mappings with known keys.
[<RequireQualifiedAccess>]
module Fields =

    let private keyText (key: Node) =
        match Node.text key with
        | Some text when not (Node.isNull key) -> Decoded.ok text
        | _ -> Decoded.fail key.Span $"{Node.describe key} cannot be a key" "Write a name."

    let private refuseRepeated keys =
        let first (text: string) =
            keys |> List.find (fun (other: string, _) -> other = text) |> snd

        keys
        |> List.choose (fun (text, key: Node) ->
            let original: Node = first text

            if obj.ReferenceEquals(original, key) then
                None
            else
                Some(
                    Diagnostic.create
                        key.Span
                        $"'{text}' is given twice; the first is in line {original.Span.Line}"
                        "Remove one of them."
                ))

    /// Every field of a mapping, whatever its key.
    let any what (node: Node) : Decoded<Fields> =
        match node.Content with
        | Content.Mapping fields ->
            let read =
                fields
                |> List.map (fun (key, value) -> keyText key |> Decoded.map (fun text -> text, key, value))
                |> Decoded.collect

            let keys =
                read.Value
                |> Option.defaultValue []
                |> List.map (fun (text, key, _) -> text, key)

            let distinct = List.distinctBy (fun (text, _, _) -> text)

            read
            |> Decoded.map (fun values -> {
                Node = node
                Values = distinct values
            })
            |> Decoded.report (refuseRepeated keys)
        | _ when Node.isNull node -> Decoded.ok { Node = node; Values = [] }
        | _ ->
            Decoded.fail
                node.Span
                $"{what} is a mapping, not {Node.describe node}"
                $"Write {what}: {{key: value}}, or one indented line for each key."

    /// The fields of a mapping with these keys; explain may know better what to do about another one.
    let knownOr explain what known node : Decoded<Fields> =
        let unknown (text, key: Node, _) =
            if List.contains text known then
                None
            else
                let cause, remedy =
                    explain text
                    |> Option.defaultWith (fun () -> $"{what} has no key '{text}'", Spelling.remedy known text)

                Some(Diagnostic.create key.Span cause remedy)

        any what node
        |> Decoded.bind (fun fields -> Decoded.ok fields |> Decoded.report (fields.Values |> List.choose unknown))

    /// The fields of a mapping with these keys.
    let known what known node = knownOr (fun _ -> None) what known node

    /// The value of a key.
    let tryFind name fields =
        fields.Values
        |> List.tryPick (fun (text, _, value) -> if text = name then Some value else None)

    /// Reads a key that may be missing.
    let optional name substitute read fields =
        match tryFind name fields with
        | Some value -> read value
        | None -> Decoded.ok substitute

    /// Reads a key that must be there.
    let required name remedy read fields =
        match tryFind name fields with
        | Some value -> read value
        // A misspelt key was already named.
        | None when
            fields.Values
            |> List.exists (fun (key, _, _) -> Spelling.nearest [ name ] key = Some name)
            ->
            Decoded.missing
        | None -> Decoded.fail fields.Node.Span $"'{name}' is missing" remedy
