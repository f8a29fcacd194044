namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Contracts

/// What a sweep is when its author says nothing; manifests and scripts share it.
[<RequireQualifiedAccess>]
module Defaults =

    let objective = {
        Metric = "val/elbo"
        Direction = MetricDirection.Maximize
    }

    let resources = {
        Workers = Amount.Auto
        Threads = Amount.Auto
        Device = "auto"
    }

    /// A lost or preempted trial goes on from its checkpoint; a diverged or failed one would only do so again.
    let retry = {
        Lost = 3
        Preempted = 100
        OutOfMemory = 1
        Diverged = 0
        Failed = 0
    }

    let reportFile = "report.html"

    /// Configurations that a sampler that learns draws before its first proposal.
    let startup = 10

    /// A grid of nothing yet: one configuration, one seed, one epoch.
    let sweep name = {
        Name = name
        Objective = objective
        Fixed = ParameterSet.Empty
        Axes = []
        Exclude = []
        Include = []
        Sampler = Sampler.Grid
        Pruner = Pruner.Off
        Seeds = [ 0UL ]
        Epochs = [ 1 ]
        Resources = resources
        Retry = retry
        ReportFile = reportFile
    }
