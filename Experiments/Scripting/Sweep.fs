namespace Orchestrator.Experiments.Scripting

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Core.Training
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan

/// What a script does with a sweep. Problems of the script's are printed, all at once, and end it with exit code 1.
/// Results lie in the folder `results` of the current folder, as those of `orchestrator run` do.
[<RequireQualifiedAccess>]
module Sweep =

    let private folder = "results"

    let private orExit (result: Result<'T, Problem list>) : 'T =
        match result with
        | Ok value -> value
        | Error problems -> exit (ProblemLines.print Console.Error problems)

    let private checked' (study: Result<Sweep, Problem list>) : Result<Plan, Problem list> =
        study
        |> Result.bind (
            Planner.plan (Bridge.rules None)
            >> Result.mapError (List.map SweepProblem.toProblem)
        )

    /// Everything that the sweep asks for, in the order in which it is started.
    let plan (study: Result<Sweep, Problem list>) : Plan = study |> checked' |> orExit

    /// The sweep as a manifest; reading it gives the same trials.
    let manifest (study: Result<Sweep, Problem list>) : string =
        Printer.print (Bridge.rules None) (plan study).Sweep

    /// The readings of a sweep's completed trials, by its name.
    let results name : Reading list =
        Services.results folder name |> Result.map Reading.ofResults |> orExit

    let private options: RunCommand.RunOptions = {
        Manifest = ""
        Results = folder
        Data = None
        Workers = None
        Threads = None
        Device = None
        FailFast = false
        RetryFailed = false
        NoProbe = false
    }

    let private train (plan: Plan) =
        let text = Printer.print (Bridge.rules None) plan.Sweep

        let code =
            RunCommand.run
                {
                    Services.run with
                        Plan = fun _ _ -> Ok(plan, text)
                }
                options

        // With failed trials the others still have results; everything else ends the script.
        if code <> 0 && code <> 3 then
            exit code

        results plan.Sweep.Name

    /// Trains what is left of the sweep, with progress, writes its report, and answers its readings.
    let run (study: Result<Sweep, Problem list>) : Reading list =
        let plan = plan study

        match Environment.GetEnvironmentVariable ScriptFile.manifestVariable with
        | null -> train plan
        | file ->
            File.WriteAllText(file, Printer.print (Bridge.rules None) plan.Sweep)
            exit 0

    /// Writes the report of a sweep and answers its path.
    let report (name: string) : string =
        Services.run.WriteReport folder name |> orExit

    /// The trained model of a reading's trial, as its last epoch left it. The caller disposes it.
    let model (reading: Reading) : TrainedModel =
        let weights =
            Path.Combine(ResultsFolder.file folder reading.Folder, "weights.safetensors")

        try
            TrainedModel.Load(reading.Parameters, weights)
        with :? ProblemException as found ->
            Error(List.ofSeq found.Problems) |> orExit
