namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// What holds where a script says nothing: the same as where a manifest does.
[<RequireQualifiedAccess>]
module Standard =

    /// Consecutive seeds from a base on.
    let seeds (first: uint64) count =
        List.init count (fun index -> first + uint64 index)

    /// The first seed of a sweep that names none.
    let firstSeed = 0UL

    /// A sweep of one configuration, every parameter at its default.
    let sweep name : Sweep = {
        Name = name
        Objective = {
            Metric = "val/elbo"
            Direction = MetricDirection.Maximize
        }
        Fixed = ParameterSet.Empty
        Axes = []
        Exclude = []
        Include = []
        Sampler = Sampler.Grid
        Pruner = Pruner.Off
        Seeds = seeds firstSeed 1
        Epochs = [ 1 ]
        Resources = {
            Workers = Amount.Auto
            Threads = Amount.Auto
            Device = "auto"
        }
        Retry = {
            Lost = 3
            Preempted = 100
            OutOfMemory = 1
            Diverged = 0
            Failed = 0
        }
        ReportFile = "report.html"
    }
