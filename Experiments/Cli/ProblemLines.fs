namespace Orchestrator.Experiments.Cli

open System
open System.IO
open Orchestrator.Core.Contracts

/// Problems of the user's, as the command line says them.
[<RequireQualifiedAccess>]
module ProblemLines =

    /// Where problems go as values, where the command line asked for JSON.
    let mutable json: TextWriter option = None

    let private printJson output (problems: Problem seq) =
        Json.print output {|
            Problems = [
                for problem in problems ->
                    {|
                        Where = problem.Where
                        Cause = problem.Cause
                        Remedy = problem.Remedy
                    |}
            ]
        |}

    /// Says problems in the words given, or as JSON where that was asked for. Answers the exit code of a usage error.
    let say (errors: TextWriter) (text: string) (problems: Problem seq) =
        match json with
        | Some output -> printJson output problems
        | None -> errors.Write text

        1

    /// Writes each problem on a line of its own and answers the exit code of a usage error.
    let print (errors: TextWriter) (problems: Problem seq) =
        let lines = problems |> Seq.map (fun problem -> $"{problem}{Environment.NewLine}")
        say errors (String.concat "" lines) problems
