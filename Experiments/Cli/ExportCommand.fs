namespace Orchestrator.Experiments.Cli

open System
open System.Globalization
open System.IO
open System.Text.Json
open Argu
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store

/// How exported rows are written.
type ExportFormat =
    | Csv = 0
    | Jsonl = 1
    | Tensorboard = 2
    | Optuna = 3

[<CliPrefix(CliPrefix.DoubleDash)>]
type ExportArguments =
    | [<MainCommand; ExactlyOnce>] Sweep of name: string
    | [<Unique>] Format of ExportFormat
    | [<Unique>] Output of path: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweep _ -> "the sweep to export."
            | Format _ ->
                "csv (the default), jsonl (one JSON object a line), tensorboard (a folder) or optuna (a SQLite file)."
            | Output _ ->
                "the file or folder to write (default: standard output; <sweep>.tensorboard or <sweep>.optuna.db in the results folder)."
            | Results _ -> "the results folder (default: results)."
            | Json -> "print JSON that says what was written; needs --output where the format is text."

/// What `export` is asked for.
type ExportOptions = {
    Sweep: string
    Format: ExportFormat
    /// None for standard output.
    Output: string option
    Results: string
    Json: bool
}

/// Writes a sweep's figures for other programs: a row per trial and epoch, out of the report's own reading.
[<RequireQualifiedAccess>]
module ExportCommand =

    /// A trial at one of its epochs; a trial without figures has one row without an epoch.
    type private Row = {
        Trial: TrialRecord
        Epoch: int option
        Figures: Map<string, float>
    }

    let private rows (results: SweepResults) =
        let figures =
            results.Metrics
            |> List.groupBy _.TrialId
            |> Map.ofList
            |> Map.map (fun _ metrics -> metrics |> List.groupBy _.Epoch |> List.sortBy fst)

        results.Trials
        |> List.collect (fun trial ->
            match Map.tryFind trial.Id figures with
            | None -> [
                {
                    Trial = trial
                    Epoch = None
                    Figures = Map.empty
                }
              ]
            | Some epochs -> [
                for epoch, metrics in epochs ->
                    {
                        Trial = trial
                        Epoch = Some epoch
                        Figures = Map.ofList [ for metric in metrics -> metric.Name, metric.Value ]
                    }
              ])

    // RFC 4180: quotes around what holds a separator, and doubled inside.
    let private cell (text: string) =
        if text.AsSpan().IndexOfAny("\",\r\n") >= 0 then
            "\"" + text.Replace("\"", "\"\"") + "\""
        else
            text

    let private real (value: float) =
        value.ToString("R", CultureInfo.InvariantCulture)

    let private csv (output: TextWriter) (results: SweepResults) =
        let parameters =
            results.Trials
            |> Seq.collect (fun trial -> trial.Parameters.Names)
            |> Seq.distinct
            |> Seq.sortWith (fun a b -> String.CompareOrdinal(a, b))
            |> List.ofSeq

        let metrics =
            results.Metrics
            |> List.map _.Name
            |> List.distinct
            |> List.sortWith (fun a b -> String.CompareOrdinal(a, b))

        let line (cells: string list) =
            output.Write(String.Join(',', List.map cell cells) + "\r\n")

        line (
            [ "sweep"; "trial"; "configuration"; "seed"; "state"; "attempts"; "epoch" ]
            @ parameters
            @ metrics
        )

        for row in rows results do
            let trial = row.Trial

            line (
                [
                    results.Sweep.Name
                    trial.Id
                    trial.ConfigurationId
                    string trial.Seed
                    Words.state trial.State
                    string trial.Attempts
                    row.Epoch |> Option.map string |> Option.defaultValue ""
                ]
                @ [
                    for name in parameters ->
                        Option.ofObj (trial.Parameters.Find name)
                        |> Option.map string
                        |> Option.defaultValue ""
                ]
                @ [
                    for name in metrics -> Map.tryFind name row.Figures |> Option.map real |> Option.defaultValue ""
                ]
            )

    let private jsonLines (output: TextWriter) (results: SweepResults) =
        for row in rows results do
            let trial = row.Trial

            output.Write(
                JsonSerializer.Serialize {|
                    sweep = results.Sweep.Name
                    trial = trial.Id
                    configuration = trial.ConfigurationId
                    seed = trial.Seed
                    state = Words.state trial.State
                    attempts = trial.Attempts
                    epoch = Option.toNullable row.Epoch
                    parameters = Json.raw (trial.Parameters.ToJson())
                    metrics = row.Figures
                |}
                + "\n"
            )

    /// Writes the rows of a sweep's results.
    let write format output results =
        match format with
        | ExportFormat.Jsonl -> jsonLines output results
        | _ -> csv output results

    // A file is there whole or not at all.
    let private writeFile format (path: string) results =
        let aside = path + ".new"

        do
            use file = new FileStream(aside, FileMode.Create)
            use writer = new StreamWriter(file)
            write format writer results
            writer.Flush()
            file.Flush true

        File.Move(aside, path, true)

    let private read (options: ExportOptions) =
        TrialStore.openToRead options.Results
        |> Result.bind (fun opened ->
            use store = opened

            match store.Results options.Sweep with
            | Some results -> Ok results
            | None ->
                let known = String.Join(", ", store.Sweeps() |> List.map _.Name)

                Error [
                    Problem($"sweep {options.Sweep}", $"{options.Results} holds no such sweep", $"It holds: {known}.")
                ])

    // What is no text goes to a place of its own in any case.
    let private writeForeign (options: ExportOptions) results =
        let place ending =
            options.Output
            |> Option.defaultWith (fun () -> Path.Combine(options.Results, options.Sweep + ending))

        let write, path =
            match options.Format with
            | ExportFormat.Tensorboard -> ExportTensorBoard.write, place ".tensorboard"
            | _ -> ExportOptuna.write, place ".optuna.db"

        write results path |> Result.map (fun _ -> path)

    let private isText format =
        format = ExportFormat.Csv || format = ExportFormat.Jsonl

    let private said output (options: ExportOptions) path =
        if options.Json then
            Json.print output {|
                Sweep = options.Sweep
                Format = (string options.Format).ToLowerInvariant()
                Output = Path.GetFullPath(path: string)
            |}

    /// Exports. Answers the exit code.
    let run (output: TextWriter) (options: ExportOptions) =
        try
            match read options, options.Output with
            | Error problems, _ -> ProblemLines.print Console.Error problems
            | Ok _, None when options.Json && isText options.Format ->
                ProblemLines.print Console.Error [
                    Problem(
                        "--json",
                        "the figures themselves would stand on the output beside it",
                        "Name a file for them with --output, or leave out --json."
                    )
                ]
            | Ok results, _ when
                options.Format = ExportFormat.Tensorboard
                || options.Format = ExportFormat.Optuna
                ->
                match writeForeign options results with
                | Ok path ->
                    said output options path
                    0
                | Error problems -> ProblemLines.print Console.Error problems
            | Ok results, Some path ->
                writeFile options.Format path results
                said output options path
                0
            | Ok results, None ->
                write options.Format output results
                0
        with
        | :? ProblemException as found -> ProblemLines.print Console.Error found.Problems
        | :? IOException
        | :? UnauthorizedAccessException as error ->
            ProblemLines.print Console.Error [
                Problem(
                    Option.defaultValue "standard output" options.Output,
                    error.Message,
                    "Name a file in a folder that you can write, with --output."
                )
            ]
