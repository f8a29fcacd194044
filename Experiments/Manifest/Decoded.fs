namespace Orchestrator.Experiments.Manifest

/// What could be read of a part of a manifest, with everything found wrong on the way: a part that is wrong
/// does not hide what is wrong with the others.
type Decoded<'T> = {
    Value: 'T option
    Diagnostics: Diagnostic list
}

[<RequireQualifiedAccess>]
module Decoded =

    let ok value = { Value = Some value; Diagnostics = [] }

    /// Nothing, for a reason that was already named.
    let missing: Decoded<'T> = { Value = None; Diagnostics = [] }

    let fail span cause remedy = {
        Value = None
        Diagnostics = [ Diagnostic.create span cause remedy ]
    }

    /// Adds what else is wrong.
    let report diagnostics decoded = {
        decoded with
            Diagnostics = decoded.Diagnostics @ diagnostics
    }

    let map change decoded = {
        Value = Option.map change decoded.Value
        Diagnostics = decoded.Diagnostics
    }

    /// Goes on with the value, where there is one.
    let bind next decoded =
        match decoded.Value with
        | None -> {
            Value = None
            Diagnostics = decoded.Diagnostics
          }
        | Some value ->
            let result = next value

            {
                result with
                    Diagnostics = decoded.Diagnostics @ result.Diagnostics
            }

    let zip left right = {
        Value = Option.map2 (fun left right -> left, right) left.Value right.Value
        Diagnostics = left.Diagnostics @ right.Diagnostics
    }

    /// The values of all that could be read.
    let collect (parts: Decoded<'T> list) = {
        Value = Some(parts |> List.choose _.Value)
        Diagnostics = parts |> List.collect _.Diagnostics
    }

    /// All values, or none where one could not be read.
    let all (parts: Decoded<'T> list) =
        let collected = collect parts

        if parts |> List.forall _.Value.IsSome then
            collected
        else
            { collected with Value = None }

    /// A stand-in for what could not be read, so that the rest can be looked at.
    let recover substitute decoded = {
        decoded with
            Value = Some(decoded.Value |> Option.defaultValue substitute)
    }

    /// Refuses a value of which the check finds something wrong: cause and remedy.
    let require span check decoded =
        decoded
        |> bind (fun value ->
            match check value with
            | None -> ok value
            | Some(cause, remedy) -> fail span cause remedy)

/// decode { let! a = ... and! b = ... return ... }: the parts are read independently of each other.
type DecodedBuilder() =
    member _.Bind(decoded, next) = Decoded.bind next decoded
    member _.MergeSources(left, right) = Decoded.zip left right
    member _.BindReturn(decoded, change) = Decoded.map change decoded
    member _.Return value = Decoded.ok value
    member _.ReturnFrom(decoded: Decoded<'T>) = decoded

[<AutoOpen>]
module DecodedSyntax =
    let decode = DecodedBuilder()
