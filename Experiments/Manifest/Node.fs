namespace Orchestrator.Experiments.Manifest

/// A YAML value with its place in the file.
type Node = { Span: Span; Content: Content }

/// What a YAML value is, before anything is known of what it should be.
and [<RequireQualifiedAccess>] Content =
    /// The text, and whether it is plain: only a plain scalar can be a number, true, false or null.
    | Scalar of text: string * plain: bool
    | Sequence of Node list
    /// Keys in the order of the file; a key that comes twice is there twice.
    | Mapping of (Node * Node) list

[<RequireQualifiedAccess>]
module Node =

    /// The text of a scalar.
    let text node =
        match node.Content with
        | Content.Scalar(text, _) -> Some text
        | _ -> None

    /// True for nothing at all, ~ and null.
    let isNull node =
        match node.Content with
        | Content.Scalar(("" | "~" | "null" | "Null" | "NULL"), true) -> true
        | _ -> false

    /// The key and value of a name in a mapping.
    let tryField name node =
        match node.Content with
        | Content.Mapping fields -> fields |> List.tryFind (fun (key, _) -> text key = Some name)
        | _ -> None

    /// The keys of a mapping that are text.
    let keys node =
        match node.Content with
        | Content.Mapping fields -> fields |> List.choose (fst >> text)
        | _ -> []

    /// The value of a name in a mapping.
    let tryValue name node = tryField name node |> Option.map snd

    /// A node in words, for messages: "the list", "the text 'x'".
    let describe node =
        match node.Content with
        | Content.Scalar _ when isNull node -> "nothing"
        | Content.Scalar(text, _) when text.Length > 40 -> $"'{text.Substring(0, 40)}...'"
        | Content.Scalar(text, _) -> $"'{text}'"
        | Content.Sequence _ -> "a list"
        | Content.Mapping _ -> "a mapping"
