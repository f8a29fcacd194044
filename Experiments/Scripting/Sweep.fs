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

    let private planned (study: Result<Sweep, Problem list>) rules : Result<Plan, Problem list> =
        study
        |> Result.bind (Planner.plan rules >> Result.mapError (List.map SweepProblem.toProblem))

    // A manifest that needs a script says so.
    let private text rules (plan: Plan) =
        Extensions.remark () + Printer.print rules plan.Sweep

    /// Everything that the sweep asks for, in the order in which it is started.
    let plan (study: Result<Sweep, Problem list>) : Plan =
        planned study (Bridge.rules None) |> orExit

    /// The sweep as a manifest; reading it gives the same trials, where the script adds nothing to the catalogues.
    let manifest (study: Result<Sweep, Problem list>) : string = text (Bridge.rules None) (plan study)

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
        Json = false
        NoProbe = false
    }

    let private train (plan: Plan) =
        let manifest = text (Bridge.rules None) plan

        let code =
            RunCommand.run
                {
                    Services.run with
                        Plan = fun _ _ -> Ok(plan, manifest)
                }
                options

        // With failed trials the others still have results; everything else ends the script.
        if code <> 0 && code <> 3 then
            exit code

        results plan.Sweep.Name

    // The program's own entry: the command finds in the catalogues what the script has added so far.
    let private takeOver study (arguments: string array) : int =
        ManifestPlan.handOver (fun rules -> planned study rules |> Result.map (fun plan -> plan, text rules plan))

        match typeof<Reading>.Assembly.EntryPoint with
        | null -> invalidOp "the program has no entry point"
        | entry -> entry.Invoke(null, [| box arguments |]) |> unbox<int>

    /// Trains what is left of the sweep, with progress, writes its report, and answers its readings.
    let run (study: Result<Sweep, Problem list>) : Reading list =
        match Interactive.command (), Option.ofObj (Environment.GetEnvironmentVariable ScriptFile.manifestVariable) with
        | Some arguments, _ -> exit (takeOver study arguments)
        | None, None -> train (plan study)
        | None, Some file ->
            ScriptFile.write file {
                Manifest = manifest study
                Extensions = Bridge.extensions ()
            }

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
