namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Contracts

/// A trial as planned: one configuration with one seed.
type PlannedTrial = {
    /// SHA-256 of the canonical JSON of parameters, seed, data fingerprint and schema version.
    Id: string
    /// The same without the seed: what replicates share.
    ConfigurationId: string
    Parameters: ParameterSet
    /// Only what the sweep varies: what tells this configuration from the others.
    Varied: ParameterSet
    Seed: uint64
    Epochs: int list
    DataFingerprint: string
} with

    /// The id as people see it.
    member this.ShortId = this.Id.Substring(0, 12)

/// Everything that a sweep asks for, in the order in which it is started.
type Plan = {
    Sweep: Sweep
    Trials: PlannedTrial list
    /// Trials that the sampler will propose as results arrive; 0 where all are known.
    ToPropose: int
    /// Sentences for people: duplicates removed, epochs saved, schedules that depend on the total.
    Notes: string list
}
