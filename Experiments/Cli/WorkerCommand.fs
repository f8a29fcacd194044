/// `orchestrator worker`: one worker process, started by `run`.
module Orchestrator.Experiments.Cli.WorkerCommand

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Launch.Worker

/// Runs the command and answers its exit code: 1 for a problem of the surroundings, which another worker would meet too.
let run (services: WorkerServices) (options: WorkerOptions) : int =
    let report (problems: Problem seq) =
        for problem in problems do
            eprintfn "%O" problem

        1

    try
        match Worker.run services options Console.In Console.Out with
        | Ok() -> 0
        | Error problems -> report problems
    with :? ProblemException as problems ->
        report problems.Problems
