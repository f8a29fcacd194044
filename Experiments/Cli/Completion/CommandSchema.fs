namespace Orchestrator.Experiments.Cli

open System
open Argu
open Microsoft.FSharp.Reflection
open Orchestrator.Core.Data

/// What can stand at a place of the command line.
[<RequireQualifiedAccess>]
type Value =
    | File
    /// A manifest or a script.
    | Manifest
    | Folder
    /// A sweep by its name: a folder of the results folder.
    | Sweep
    | OneOf of string list
    /// Nothing that a shell could guess.
    | Text

/// An option of a command.
type OptionSchema = {
    Names: string list
    Description: string
    /// None for a flag.
    Takes: Value option
}

/// A command with what it takes.
type CommandSchema = {
    Name: string
    Description: string
    Options: OptionSchema list
    /// What stands after the command without an option's name.
    Takes: Value option
    Commands: CommandSchema list
}

/// The command line as data, read from Argu's own description of it.
[<RequireQualifiedAccess>]
module CommandSchema =

    let private datasets =
        DatasetCatalogue.Entries |> Seq.map _.Name |> List.ofSeq |> Value.OneOf

    let private valueOf (case: UnionCaseInfo) =
        match List.ofArray (case.GetFields()) with
        | [] -> None
        | field :: _ ->
            match field.Name, case.Name with
            | "path", ("Manifest" | "File") -> Some Value.Manifest
            | "path", _ -> Some Value.File
            | _, "Dataset" -> Some datasets
            | "folder", _ -> Some Value.Folder
            | _, "Sweep" -> Some Value.Sweep
            | _ when
                FSharpType.IsUnion field.PropertyType
                && field.PropertyType.Namespace <> "Microsoft.FSharp.Core"
                ->
                FSharpType.GetUnionCases field.PropertyType
                |> Array.map (fun choice -> choice.Name.ToLowerInvariant())
                |> List.ofArray
                |> Value.OneOf
                |> Some
            | _ when field.PropertyType.IsEnum ->
                Enum.GetNames field.PropertyType
                |> Array.map _.ToLowerInvariant()
                |> List.ofArray
                |> Value.OneOf
                |> Some
            | _ -> Some Value.Text

    let private isOption (case: ArgumentCaseInfo) =
        not case.IsMainCommand && case.ArgumentType <> ArgumentType.SubCommand

    let private optionOf (case: ArgumentCaseInfo) = {
        Names = case.CommandLineNames.Value
        Description = case.Description.Value
        Takes = valueOf case.UnionCaseInfo
    }

    let private help (parser: ArgumentParser) = {
        Names = parser.HelpFlags
        Description = "show help."
        Takes = None
    }

    let rec private commandOf name description (parser: ArgumentParser) : CommandSchema =
        let cases =
            parser.GetArgumentCases() |> List.filter (fun case -> not case.IsHidden.Value)

        let subcommand (inner: ArgumentParser) =
            inner.ParentInfo
            |> Option.filter (fun info -> not info.IsHidden.Value)
            |> Option.map (fun info -> commandOf info.Name.Value info.Description.Value inner)

        {
            Name = name
            Description = description
            Options = (cases |> List.filter isOption |> List.map optionOf) @ [ help parser ]
            Takes =
                cases
                |> List.tryFind _.IsMainCommand
                |> Option.bind (fun case -> valueOf case.UnionCaseInfo)
            Commands = parser.GetSubCommandParsers() |> List.choose subcommand
        }

    /// The whole command line of a program.
    let ofParser (program: string) (parser: ArgumentParser) = commandOf program "" parser
