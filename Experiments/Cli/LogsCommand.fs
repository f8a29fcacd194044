namespace Orchestrator.Experiments.Cli

open System
open System.IO
open System.Text.Json
open System.Threading
open Argu
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Launch

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type LogsArguments =
    | [<MainCommand; ExactlyOnce>] Sweep of name: string
    | [<Unique; AltCommandLine("-f")>] Follow
    | [<Unique>] Results of folder: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweep _ ->
                "the sweep, for the log of its last run; or the first characters of a trial's id, for the trial's."
            | Follow -> "go on with what is added, until Ctrl-C."
            | Results _ -> "the results folder (default: results)."
            | Json -> "print each line as a JSON object."

/// What `logs` is asked for.
type LogsOptions = {
    /// A sweep's name or the beginning of a trial's id.
    Target: string
    Results: string
    Follow: bool
    Json: bool
}

/// Prints the log of a sweep or a trial.
[<RequireQualifiedAccess>]
module LogsCommand =

    let private filesIn folder pattern =
        if Directory.Exists folder then
            Directory.GetFiles(folder, pattern) |> List.ofArray
        else
            []

    let private newest (files: string list) =
        files
        |> List.sortByDescending (fun file -> File.GetLastWriteTimeUtc file)
        |> List.tryHead

    let private ofSweep results name =
        filesIn (ResultsFolder.logs results name) "sweep-*.log" |> newest

    // A trial's log lies with each sweep that trained it.
    let private ofTrial results (beginning: string) =
        let short = beginning.Substring(0, min 12 beginning.Length)
        let isId = short <> "" && short |> Seq.forall Char.IsAsciiHexDigit

        if isId && Directory.Exists results then
            Directory.GetDirectories results
            |> List.ofArray
            |> List.collect (fun sweep ->
                filesIn (Path.Combine(sweep, "logs")) $"trial-{short.ToLowerInvariant()}*.log")
        else
            []

    /// The log that is meant, or why there is not one.
    let find results target : Result<string, Problem list> =
        match ofSweep results target, ofTrial results target with
        | Some log, _ -> Ok log
        | None, [] ->
            Error [
                Problem(
                    $"logs of {target}",
                    $"no sweep of this name and no trial whose id begins like this has a log in {results}",
                    "See the sweeps with 'orchestrator', or name the --results folder."
                )
            ]
        | None, logs ->
            match logs |> List.distinctBy Path.GetFileName, newest logs with
            | [ _ ], Some log -> Ok log
            | several, _ ->
                let names = String.Join(", ", several |> List.map Path.GetFileNameWithoutExtension)

                Error [
                    Problem($"logs of {target}", $"several trials begin like this: {names}", "Give more characters.")
                ]

    let private printed (output: TextWriter) json (file: string) (line: string) =
        if json then
            output.WriteLine(JsonSerializer.Serialize {| file = file; line = line |})
        else
            output.WriteLine line

    let rec private copy (reader: StreamReader) print =
        match reader.ReadLine() with
        | null -> ()
        | line ->
            print line
            copy reader print

    /// Prints the log, and with Follow what is added to it until it is cancelled. Answers the exit code.
    let run (output: TextWriter) (options: LogsOptions) (cancellation: CancellationToken) =
        match find options.Results options.Target with
        | Error problems -> ProblemLines.print Console.Error problems
        | Ok file ->
            use stream =
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite ||| FileShare.Delete)

            use reader = new StreamReader(stream)
            let print = printed output options.Json file
            copy reader print

            while options.Follow
                  && not (cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds 200.0)) do
                copy reader print
                output.Flush()

            0
