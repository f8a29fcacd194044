namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// The words of a sweep's braces.
[<AutoOpen>]
module Words =

    /// Gives a parameter one value.
    let fix (handle: Handle<'T>) (value: 'T) =
        Assignment.Fix(handle.Definition, handle.Write value)

    /// Gives a parameter each of these values.
    let vary (handle: Handle<'T>) (values: seq<'T>) =
        Assignment.Vary(handle.Definition, values |> Seq.map handle.Write |> List.ofSeq)

    /// Learns from this data set.
    let dataset (name: Dataset) = fix Param.dataset name

    /// Takes the values of several parameters together, first with first, second with second.
    let lockstep = AssignmentsBuilder(Assignment.Lockstep)

    /// Takes the points of each line one after the other, instead of crossing them.
    let either = AssignmentsBuilder(Assignment.Either)

    /// Leaves out the configurations that hold all of these values.
    let exclude = AssignmentsBuilder(Declaration.Exclude)

    /// Adds configurations of these values to the grid. (`include` is reserved in F#.)
    let including = AssignmentsBuilder(Declaration.Include)

    /// What lies in the braces exists only where the parameter has this value.
    let given (handle: Handle<'T>) (value: 'T) =
        GivenBuilder(ParameterSet.Empty.With(handle.Name, handle.Write value))

    /// Declares a sweep.
    let sweep name = SweepBuilder name

    let private set name apply : Setting = { Name = name; Apply = apply }

    let private optimize direction metric =
        set "objective" (fun sweep -> {
            sweep with
                Objective = {
                    Metric = metric
                    Direction = direction
                }
        })

    /// The metric to be made large, such as val/elbo.
    let maximize metric =
        optimize MetricDirection.Maximize metric

    /// The metric to be made small, such as val/mse.
    let minimize metric =
        optimize MetricDirection.Minimize metric

    /// Trains every configuration with this many seeds: 0, 1, ...
    let seeds count =
        set "seeds" (fun sweep -> {
            sweep with
                Seeds = List.init count uint64
        })

    /// Trains every configuration with exactly these seeds.
    let seedList (values: uint64 list) =
        set "seeds" (fun sweep -> { sweep with Seeds = values })

    /// Reads every training after these many epochs; the last ends it.
    let epochs (values: int list) =
        set "epochs" (fun sweep -> { sweep with Epochs = values })

    /// Chooses the configurations.
    let sampler (value: Sampler) =
        set "sampler" (fun sweep -> { sweep with Sampler = value })

    /// Stops hopeless trials.
    let pruner (value: Pruner) =
        set "pruner" (fun sweep -> { sweep with Pruner = value })

    let private resources name change =
        set name (fun sweep -> {
            sweep with
                Resources = change sweep.Resources
        })

    /// Uses this many worker processes.
    let workers count =
        resources "workers" (fun resources -> {
            resources with
                Workers = Amount.Exactly count
        })

    /// Gives each worker this many threads.
    let threads count =
        resources "threads" (fun resources -> {
            resources with
                Threads = Amount.Exactly count
        })

    /// Trains on this device: auto, cpu, cuda or cuda:N.
    let device name =
        resources "device" (fun resources -> { resources with Device = name })

    /// Changes how often a trial is tried again: retry (fun policy -> { policy with Lost = 5 }).
    let retry (change: RetryPolicy -> RetryPolicy) =
        set "retry" (fun sweep -> {
            sweep with
                Retry = change sweep.Retry
        })

    /// Names the report's file inside the sweep's folder.
    let reportFile name =
        set "report" (fun sweep -> { sweep with ReportFile = name })
