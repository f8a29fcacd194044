namespace Orchestrator.Experiments.Scripting

open System
open System.Collections.Immutable
open Microsoft.FSharp.Reflection
open Orchestrator.Core.Contracts

/// A parameter as scripts see it: the catalogue's definition with an F# type of value.
type Handle<'T> = {
    Definition: ParameterDefinition
    /// The value as the catalogue writes it.
    Write: 'T -> ParameterValue
    /// The value out of a checked configuration.
    Read: ParameterValue -> 'T
} with

    /// The name, as a manifest writes it.
    member this.Name = this.Definition.Name

/// Handles out of definitions, those of a script's own models included.
[<RequireQualifiedAccess>]
module Handle =

    /// A handle to a number, a flag or text.
    let ofParameter (parameter: Parameter<'T>) : Handle<'T> = {
        Definition = parameter
        Write = parameter.Write
        Read = parameter.Read
    }

    /// The value of a parameter in a configuration: the one it names, else the default.
    let value (handle: Handle<'T>) (configuration: ParameterSet) : 'T =
        match Option.ofObj (configuration.Find handle.Name) with
        | Some value -> handle.Read value
        | None ->
            match Option.ofObj handle.Definition.DefaultValue with
            | Some value -> handle.Read value
            | None -> invalidArg handle.Name "the configuration names no value, and there is no default"

    /// A handle to a list of whole numbers.
    let ofIntegers (parameter: Parameter<ImmutableArray<int>>) : Handle<int list> = {
        Definition = parameter
        Write = fun values -> parameter.Write(ImmutableArray.CreateRange values)
        Read = parameter.Read >> List.ofSeq
    }

    /// The name that a manifest uses for a union case: FashionMnist is fashion-mnist.
    let internal choiceName (caseName: string) =
        let letter (index: int) (character: char) =
            if Char.IsUpper character && index > 0 then
                $"-{Char.ToLowerInvariant character}"
            else
                string (Char.ToLowerInvariant character)

        caseName |> Seq.mapi letter |> String.concat ""

    /// The names of all cases of a union without fields, as a manifest writes them.
    let internal choiceNames<'Union> () =
        FSharpType.GetUnionCases typeof<'Union>
        |> Array.map (fun case -> choiceName case.Name)
        |> List.ofArray

    /// A handle to a choice, as a union with one case for each name: a misspelt choice does not compile.
    let ofChoice<'Union> (parameter: Parameter<string>) : Handle<'Union> =
        let tag = FSharpValue.PreComputeUnionTagReader typeof<'Union>
        let cases = FSharpType.GetUnionCases typeof<'Union>
        let names = choiceNames<'Union>() |> Array.ofList

        let read value =
            let name = parameter.Read value

            match Array.IndexOf(names, name) with
            | -1 ->
                invalidArg
                    parameter.Name
                    $"'{name}' is no case of {typeof<'Union>.Name}: a script added it; read it with Param.familyNamed or Param.scheduleNamed"
            | index -> FSharpValue.MakeUnion(cases[index], [||]) |> unbox<'Union>

        {
            Definition = parameter
            Write = fun value -> parameter.Write names[tag (box value)]
            Read = read
        }
