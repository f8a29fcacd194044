namespace Orchestrator.Experiments.Launch

open Orchestrator.Core.Contracts

/// Where one worker trains: workers that share a GPU have slots on it.
type WorkerSlot = {
    /// The device by the name that the worker knows it by.
    Device: string
    /// What the worker sees of the GPUs, as CUDA_VISIBLE_DEVICES; None leaves the variable as it is.
    VisibleGpus: string option
}

/// What a coordinator is to bring about.
type CoordinatorOptions = {
    Sweep: string
    Results: string
    Data: string option
    /// One worker each.
    Slots: WorkerSlot list
    Threads: int
    /// Stop everything at the first failed trial.
    FailFast: bool
    /// Plans further trials where the sampler learns from results.
    Propose: Proposer
}

/// How a coordinator's work ended.
[<RequireQualifiedAccess>]
type CoordinatorEnd =
    /// No trial is left to train.
    | Finished
    /// A person stopped it; what is left goes on at the next run.
    | Interrupted
    /// The first failure stopped it, as was asked for.
    | FailedFast
    /// The surroundings do not allow to go on.
    | Broken of Problem list
