namespace Orchestrator.Experiments.Cli

open System
open System.IO
open Argu
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store

[<CliPrefix(CliPrefix.DoubleDash)>]
type StopArguments =
    | [<MainCommand; ExactlyOnce>] Sweep of name: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweep _ -> "the sweep to stop."
            | Results _ -> "the results folder (default: results)."
            | Json -> "print JSON."

/// What `stop` is asked for.
type StopOptions = {
    Sweep: string
    Results: string
    Json: bool
}

/// Asks a running sweep, through the store, to stop at a checkpoint; `run` goes on with it later.
[<RequireQualifiedAccess>]
module StopCommand =

    let private ask (output: TextWriter) (options: StopOptions) (store: ITrialStore) =
        let names = store.Sweeps() |> List.map _.Name

        if List.contains options.Sweep names then
            let asked =
                store.AskToStop options.Sweep
                |> List.filter (fun found -> not (ProcessIdentity.isGone found.ProcessId found.Process))

            if options.Json then
                Json.print output {|
                    Sweep = options.Sweep
                    Asked = [
                        for found in asked ->
                            {|
                                Process = found.ProcessId
                                Host = found.Host
                            |}
                    ]
                |}
            else
                for found in asked do
                    output.WriteLine $"asked process {found.ProcessId} on {found.Host} to stop at a checkpoint"

                if asked.IsEmpty then
                    output.WriteLine $"{options.Sweep}: nothing runs"

            Ok()
        else
            let listed = String.Join(", ", names)

            Error [
                Problem($"sweep {options.Sweep}", $"{options.Results} holds no such sweep", $"It holds: {listed}.")
            ]

    /// Asks. Answers the exit code.
    let run (output: TextWriter) (options: StopOptions) =
        try
            // Only a database that is there: asking must not make one.
            TrialStore.openToRead options.Results
            |> Result.bind (fun reader ->
                reader.Dispose()
                TrialStore.openForWork options.Results)
            |> Result.bind (fun opened ->
                use store = opened
                ask output options store)
            |> function
                | Ok() -> 0
                | Error problems -> ProblemLines.print Console.Error problems
        with :? ProblemException as found ->
            ProblemLines.print Console.Error found.Problems
