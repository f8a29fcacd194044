// Over 300 lines: the page of a trial for people and the same as JSON stand side by side.
namespace Orchestrator.Experiments.Cli

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open Argu
open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store
open Spectre.Console

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type ShowArguments =
    | [<MainCommand; ExactlyOnce>] Trial of id: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Trial _ -> "the trial's id, or as many of its first characters as tell it from others."
            | Results _ -> "the results folder (default: results)."
            | Json -> "print JSON."

/// What `show` is asked for.
type ShowOptions = {
    /// The trial's id or its beginning.
    Trial: string
    Results: string
    Json: bool
}

/// Everything about one trial.
type TrialPage = {
    Trial: TrialRecord
    Sweeps: string list
    Attempts: AttemptRecord list
    Metrics: MetricRecord list
    Artifacts: ArtifactRecord list
}

/// Shows everything about one trial.
[<RequireQualifiedAccess>]
module ShowCommand =

    let private pageOf (trial: TrialRecord) (found: SweepResults list) =
        let holding =
            found
            |> List.filter (fun results -> results.Trials |> List.exists (fun other -> other.Id = trial.Id))

        let first = List.head holding

        {
            Trial = trial
            Sweeps = holding |> List.map _.Sweep.Name
            Attempts = first.Attempts |> List.filter (fun attempt -> attempt.TrialId = trial.Id)
            Metrics = first.Metrics |> List.filter (fun metric -> metric.TrialId = trial.Id)
            Artifacts = first.Artifacts |> List.filter (fun artifact -> artifact.TrialId = trial.Id)
        }

    let private shortId (id: string) = id.Substring(0, min 12 id.Length)

    /// The one trial whose id begins like this, or why there is not one.
    let find (beginning: string) (found: SweepResults list) : Result<TrialPage, Problem list> =
        let matching =
            found
            |> List.collect _.Trials
            |> List.distinctBy _.Id
            |> List.filter (fun trial -> trial.Id.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))

        match matching with
        | [ trial ] -> Ok(pageOf trial found)
        | [] ->
            Error [
                Problem(
                    $"trial {beginning}",
                    "no trial's id begins like this",
                    "Take an id from 'orchestrator status SWEEP --json' or from the report."
                )
            ]
        | several ->
            let examples =
                several
                |> List.truncate 5
                |> List.map (fun trial -> shortId trial.Id)
                |> String.concat ", "

            Error [
                Problem(
                    $"trial {beginning}",
                    $"{several.Length} trials begin like this: {examples}",
                    "Give more characters."
                )
            ]

    let private number (value: float) =
        value.ToString("G6", CultureInfo.InvariantCulture)

    let private stateMarkup (state: TrialState) =
        match state with
        | TrialState.Completed -> "[green]completed[/]"
        | TrialState.Running -> "[blue]running[/]"
        | TrialState.Failed -> "[red]failed[/]"
        | TrialState.Pruned -> "[yellow]pruned[/]"
        | TrialState.Pending -> "[dim]pending[/]"

    let private heading (console: IAnsiConsole) text =
        console.WriteLine()
        console.MarkupLine $"[bold]{text}[/]"

    /// What somebody chose, and what is as it would be without a word; an empty default says nothing.
    let private byOrigin (parameters: ParameterSet) =
        let isDefault (pair: KeyValuePair<string, ParameterValue>) =
            match ParameterCatalogue.Find pair.Key with
            | null -> false
            | definition -> definition.DefaultValue = pair.Value

        let standard, chosen = parameters |> List.ofSeq |> List.partition isDefault

        ParameterSet.Of chosen, ParameterSet.Of(standard |> List.filter (fun pair -> string pair.Value <> ""))

    let private facts console results (page: TrialPage) =
        let trial = page.Trial
        let chosen, standard = byOrigin trial.Parameters

        Facts.print console [
            "sweep", String.Join(", ", page.Sweeps)
            "varied", Numerals.assignment trial.Varied
            "seed", string trial.Seed
            "epochs", $"""{trial.EpochsDone} of {List.last trial.Epochs}, read at {String.Join(", ", trial.Epochs)}"""
            "stopped early",
            (if trial.StoppedEarly then
                 $"at epoch {trial.EpochsDone} of {List.last trial.Epochs}: its figures there count at every later reading"
             else
                 "")
            "parameters", Numerals.assignment chosen
            "defaults", Numerals.assignment standard
            "folder", Path.Combine(results, trial.Folder)
            "id", trial.Id
            "configuration", trial.ConfigurationId
            "data", trial.DataFingerprint
            (if trial.State = TrialState.Pruned then
                 "pruned"
             else
                 "error"),
            Option.defaultValue "" trial.Error
        ]

    let private attempts (console: IAnsiConsole) (page: TrialPage) =
        if not page.Attempts.IsEmpty then
            heading console "Attempts"

            for index, attempt in List.indexed page.Attempts do
                let outcome =
                    attempt.Outcome
                    |> Option.map (fun outcome -> outcome.ToString().ToLowerInvariant())
                    |> Option.defaultValue "running"

                let counts =
                    if page.Trial.EffectiveAttempt = Some attempt.Number then
                        ", its figures count"
                    else
                        ""

                let error =
                    attempt.Error
                    |> Option.map (fun error -> $": {error}")
                    |> Option.defaultValue ""

                Facts.print console [
                    string attempt.Number,
                    $"{outcome}, epochs {attempt.StartEpoch} to {attempt.EpochsDone}{counts}; "
                    + $"{attempt.Worker} on {attempt.Host}, {attempt.Device}, {Moments.utc attempt.StartedAt}{error}"

                    for other in TrialComparison.changedSince (List.take index page.Attempts) attempt do
                        "", $"it went on with another {other.What}: {other.Again}, before {other.Recorded}"
                ]

    let private figures (console: IAnsiConsole) (page: TrialPage) =
        if not page.Metrics.IsEmpty then
            heading console "Figures"

            let readings =
                page.Trial.Epochs
                |> List.map page.Trial.EpochAt
                |> List.distinct
                |> List.filter (fun epoch -> epoch <= page.Trial.EpochsDone)

            let last = page.Metrics |> List.map _.Epoch |> List.max
            let epochs = if readings.IsEmpty then [ last ] else readings
            let table = Table(Border = TableBorder.None)
            table.AddColumn(TableColumn("  metric")) |> ignore

            for epoch in epochs do
                table.AddColumn(TableColumn($"epoch {epoch}", Alignment = Justify.Right))
                |> ignore

            for name, values in page.Metrics |> List.groupBy _.Name do
                let at epoch =
                    values
                    |> List.tryFind (fun metric -> metric.Epoch = epoch)
                    |> Option.map (fun metric -> number metric.Value)
                    |> Option.defaultValue ""

                table.AddRow(Array.ofList (Markup.Escape $"  {name}" :: List.map at epochs))
                |> ignore

            console.Write table

    let private files (console: IAnsiConsole) results (page: TrialPage) =
        if not page.Artifacts.IsEmpty then
            heading console "Files"

            Facts.print console [
                for artifact in page.Artifacts ->
                    artifact.Kind,
                    $"{Path.Combine(results, artifact.Path)}, {Numerals.count (bigint artifact.Bytes)} bytes, epoch {artifact.Epoch}"
            ]

    // What a picture shows is seen at once; the others are files to open.
    let private shown = [ "reconstructions"; "samples" ]

    let private pictures (console: IAnsiConsole) results (page: TrialPage) =
        let found =
            shown
            |> List.choose (fun kind ->
                page.Artifacts
                |> List.filter (fun artifact -> artifact.Kind = kind)
                |> List.sortByDescending _.Epoch
                |> List.tryHead)
            |> List.map (fun artifact -> artifact.Kind, Path.Combine(results, artifact.Path))
            |> List.filter (fun (_, file) -> File.Exists file)

        if TerminalPicture.canShow console && not found.IsEmpty then
            heading console "Pictures"

            for kind, file in found do
                TerminalPicture.draw console kind (PngReader.Decode(File.ReadAllBytes file, file))

    let private print (console: IAnsiConsole) results (page: TrialPage) =
        console.MarkupLine $"[bold]{shortId page.Trial.Id}[/]  {stateMarkup page.Trial.State}"
        facts console results page
        attempts console page
        figures console page
        files console results page
        pictures console results page

    let private printJson (page: TrialPage) =
        let trial = page.Trial

        Json.print Console.Out {|
            Id = trial.Id
            Configuration = trial.ConfigurationId
            Sweeps = page.Sweeps
            State = (string trial.State).ToLowerInvariant()
            Seed = trial.Seed
            Parameters = Json.raw (trial.Parameters.ToJson())
            Varied = Json.raw (trial.Varied.ToJson())
            Epochs = trial.Epochs
            EpochsDone = trial.EpochsDone
            StoppedEarly = trial.StoppedEarly
            EffectiveAttempt = trial.EffectiveAttempt
            Data = trial.DataFingerprint
            Folder = trial.Folder
            Error = trial.Error
            Attempts = [
                for attempt in page.Attempts ->
                    {|
                        Number = attempt.Number
                        Outcome =
                            attempt.Outcome
                            |> Option.map (fun outcome -> outcome.ToString().ToLowerInvariant())
                        Worker = attempt.Worker
                        Host = attempt.Host
                        Device = attempt.Device
                        StartedAt = attempt.StartedAt
                        EndedAt = attempt.EndedAt
                        StartEpoch = attempt.StartEpoch
                        EpochsDone = attempt.EpochsDone
                        Interruptions = attempt.Interruptions
                        WeightsDigest = attempt.WeightsDigest
                        Error = attempt.Error
                    |}
            ]
            Metrics = [
                for metric in page.Metrics ->
                    {|
                        Epoch = metric.Epoch
                        Name = metric.Name
                        Value = metric.Value
                    |}
            ]
            Artifacts = [
                for artifact in page.Artifacts ->
                    {|
                        Kind = artifact.Kind
                        Path = artifact.Path
                        Sha256 = artifact.Sha256
                        Bytes = artifact.Bytes
                        Epoch = artifact.Epoch
                    |}
            ]
        |}

    /// Shows the trial. Answers the exit code.
    let run (console: IAnsiConsole) (options: ShowOptions) =
        try
            TrialStore.openToRead options.Results
            |> Result.bind (fun opened ->
                use store = opened

                store.Sweeps()
                |> List.choose (fun sweep -> store.Results sweep.Name)
                |> find options.Trial)
            |> function
                | Ok page ->
                    if options.Json then
                        printJson page
                    else
                        print console options.Results page

                    0
                | Error problems -> ProblemLines.print Console.Error problems
        with :? ProblemException as found ->
            ProblemLines.print Console.Error found.Problems
