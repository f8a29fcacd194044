namespace Orchestrator.Experiments.Manifest

open System.IO
open System.Text
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// A manifest that was read: its sweep, and where its parts are written.
type Manifest = {
    File: string
    Text: string
    Sweep: Sweep
    Root: Node
}

[<RequireQualifiedAccess>]
module Manifest =

    let private diagnose rules root (problem: SweepProblem) =
        Diagnostic.create (Locate.span rules root problem.Place) problem.Cause problem.Remedy

    // Where something could not be read, what depends on it cannot be judged.
    let private isDerived root (problem: SweepProblem) =
        match problem.Place with
        | Place.Exclusion _
        | Place.Condition _ -> true
        | Place.Section "dataset" ->
            Node.keys root
            |> List.exists (fun key -> Spelling.nearest [ "dataset" ] key = Some "dataset")
        | Place.Section "sampler" -> true
        | _ -> false

    let private judge rules root (decoded: Decoded<Sweep>) =
        let refused = decoded.Diagnostics |> List.map _.Span.Line |> Set.ofList

        let stands (problem: SweepProblem) =
            refused.IsEmpty
            || not (isDerived root problem)
               && not (refused.Contains (Locate.span rules root problem.Place).Line)

        decoded.Value
        |> Option.map (
            SweepCheck.problems rules
            >> List.filter stands
            >> List.map (diagnose rules root)
        )
        |> Option.defaultValue []

    /// Reads a manifest's text; every problem at once. The file name is only for messages.
    let parse (rules: Rules) (file: string) (text: string) : Result<Manifest, Diagnostic list> =
        match Yaml.parse text with
        | Error diagnostic -> Error [ diagnostic ]
        | Ok root ->
            let decoded = SweepDecoder.decode rules root

            match decoded.Value, decoded.Diagnostics @ judge rules root decoded with
            | Some sweep, [] ->
                Ok {
                    File = file
                    Text = text
                    Sweep = sweep
                    Root = root
                }
            | _, diagnostics -> Error diagnostics

    /// The problems of a manifest's sweep that only its configurations show, at the lines that cause them.
    let locate (rules: Rules) (manifest: Manifest) (problems: SweepProblem list) : Diagnostic list =
        problems |> List.map (diagnose rules manifest.Root)

    let private unreadable (file: string) cause remedy = Error(Problem(file, cause, remedy))

    /// The text of a manifest's file, or why it cannot be had.
    let load (file: string) : Result<string, Problem> =
        try
            let info = FileInfo file

            if Directory.Exists file then
                unreadable file "this is a folder" "Name a manifest in it."
            elif not info.Exists then
                unreadable file "there is no such file" "Check the path, or begin with manifests/quickstart.yaml."
            elif info.Length > int64 Yaml.maximumLength * 4L then
                unreadable
                    file
                    $"the file has {Numerals.count (bigint info.Length)} bytes, too many for a manifest"
                    "Name a manifest."
            else
                Ok(File.ReadAllText(file, UTF8Encoding(false, true)))
        with
        | :? DecoderFallbackException -> unreadable file "the file is not UTF-8 text" "Save it as UTF-8."
        | :? IOException as error -> unreadable file error.Message "Check the file and its folder."
        | :? System.UnauthorizedAccessException ->
            unreadable file "the file may not be read" "Give yourself the right to read it."
