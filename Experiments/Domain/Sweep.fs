namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Contracts

/// What a sweep optimizes: a metric of Core's catalogue and the way that is better.
type Objective = {
    Metric: string
    Direction: MetricDirection
}

/// One axis of the grid: every assignment is a point on it. A zip sets several parameters at once.
type Axis = {
    Parameters: string list
    Points: ParameterSet list
    /// The axis exists only in configurations that hold all of these values.
    When: ParameterSet option
}

/// How configurations are chosen out of the declared space.
[<RequireQualifiedAccess>]
type Sampler =
    | Grid
    | Random of trials: int * seed: uint64
    | Sobol of trials: int * seed: uint64
    /// Proposes configurations as results arrive: startup of them evenly spread, the others where results were good.
    | Tpe of trials: int * seed: uint64 * startup: int

/// When hopeless trials are stopped.
[<RequireQualifiedAccess>]
type Pruner =
    | Off
    /// Stops a trial whose best figure so far is worse than the median of the others at the same epoch: not in the first
    /// warmup epochs, not before so many others have a figure there, and every interval epochs.
    | Median of warmup: int * trials: int * interval: int
    /// Lets one in reduction of the trials go on at each rung; the rungs are at minimum, minimum * reduction ... epochs.
    | SuccessiveHalving of reduction: int * minimum: int

/// A count that is given or left to the program.
[<RequireQualifiedAccess>]
type Amount =
    | Auto
    | Exactly of int

/// What the sweep may use. Outside of every trial's identity.
type Resources = {
    Workers: Amount
    Threads: Amount
    /// auto, cpu, cuda or cuda:N
    Device: string
}

/// How often a trial is tried again, by cause.
type RetryPolicy = {
    Lost: int
    Preempted: int
    OutOfMemory: int
    Diverged: int
    Failed: int
}

/// A declared set of configurations with its seeds and epochs: what a manifest or a script says, checked.
type Sweep = {
    Name: string
    Objective: Objective
    /// Parameters that every configuration shares.
    Fixed: ParameterSet
    Axes: Axis list
    /// A configuration that holds all values of one of these is left out.
    Exclude: ParameterSet list
    /// Configurations added to the grid, completed with Fixed.
    Include: ParameterSet list
    Sampler: Sampler
    Pruner: Pruner
    Seeds: uint64 list
    /// Readings of one training, ascending.
    Epochs: int list
    Resources: Resources
    Retry: RetryPolicy
    /// File name of the report inside the sweep's folder.
    ReportFile: string
}
