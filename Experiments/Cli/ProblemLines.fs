namespace Orchestrator.Experiments.Cli

open System.IO
open Orchestrator.Core.Contracts

/// Problems of the user's, as the command line says them.
[<RequireQualifiedAccess>]
module ProblemLines =

    /// Writes each problem on a line of its own and answers the exit code of a usage error.
    let print (errors: TextWriter) (problems: Problem seq) =
        for problem in problems do
            errors.WriteLine(problem.ToString())

        1
