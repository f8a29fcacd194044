/// Test data: sweeps, plans, outcomes, clocks and folders.
module Orchestrator.Experiments.Tests.Store.Some

open System
open System.Collections.Immutable
open System.IO
open System.Security.Cryptography
open System.Text
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Store

/// A clock that stands still until it is moved.
type Clock() =
    inherit TimeProvider()
    let mutable now = DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.Zero)
    override _.GetUtcNow() = now
    member _.Move(span: TimeSpan) = now <- now + span

/// A folder that is gone after the test.
type Folder() =
    let path = Directory.CreateTempSubdirectory("orchestrator-store-").FullName
    member _.Path = path

    interface IDisposable with
        member _.Dispose() = Directory.Delete(path, true)

let lease = TimeSpan.FromMinutes 1.

let private hash (text: string) =
    Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes text))

let parameters latent =
    ParameterSet.Empty.With("latent", ParameterValue.Integer latent)

let trial latent (seed: uint64) epochs : PlannedTrial = {
    Id = hash $"{latent} {seed}"
    ConfigurationId = hash $"{latent}"
    Parameters = parameters latent
    Varied = parameters latent
    Seed = seed
    Epochs = epochs
    DataFingerprint = "data"
}

let sweep name = Defaults.sweep name

let planOf sweep trials : Plan = {
    Sweep = sweep
    Trials = trials
    ToPropose = 0
    Notes = []
}

/// A sweep of so many trials with these readings.
let plan name count epochs =
    planOf (sweep name) [ for i in 1L .. int64 count -> trial i 1UL epochs ]

let request sweep worker : ClaimRequest = {
    Sweep = sweep
    Worker = worker
    Host = "host"
    ProcessId = 1
    Process = "process"
    Device = "cpu"
    Threads = 1
    Provenance = "{}"
    Lease = lease
    Room = fun _ -> Int64.MaxValue
}

let processRecord name role : ProcessRecord = {
    Name = name
    Role = role
    Sweep = "s"
    Host = "host"
    ProcessId = 1
    Process = "process"
}

let cost memory : Cost = {
    SecondsPerEpoch = 1.
    SecondsPerReading = 1.
    SecondsPerTrial = 1.
    SecondsPerWorker = 1.
    MemoryBytes = memory
    GpuBytes = 0L
    DiskBytes = 1L
    CheckpointBytes = 0L
}

let estimate sweep : EstimateRecord = {
    Id = 0L
    Sweep = sweep
    Coordinator = "coordinator"
    MadeAt = DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.Zero)
    Workers = 2
    Threads = 1
    Device = "cpu"
    Trials = 1
    Epochs = 2
    Seconds = 10.5
    MemoryBytes = 1L <<< 40
    DiskBytes = 5L
    Source = "a test"
    ProcessorSeconds = Some 9.5
    Fact = None
}

let metrics epoch value = [ MetricValue(epoch, "val/elbo", value) ]

let outcome kind epochs =
    TrialOutcome(
        Outcome = kind,
        EpochsDone = epochs,
        Error = if kind = AttemptOutcome.Completed then null else "an error"
    )

let completed epochs value =
    TrialOutcome(
        Outcome = AttemptOutcome.Completed,
        EpochsDone = epochs,
        WeightsDigest = "digest",
        Metrics = ImmutableArray.CreateRange [ for epoch in 1..epochs -> MetricValue(epoch, "val/elbo", value) ],
        Artifacts = ImmutableArray.Create(Artifact("weights", "weights.safetensors", "sha", 10L, epochs, "the weights"))
    )

/// The claim, where there must be one.
let claimed answer =
    match answer with
    | ClaimAnswer.Claimed claim -> claim
    | other -> invalidOp $"expected a claim, got {other}"

let claim (store: ITrialStore) sweep =
    claimed (store.Claim(request sweep "w"))

/// The value, where there must be one.
let ok result =
    match result with
    | Ok value -> value
    | Error(problems: Problem list) -> invalidOp $"%A{problems}"

let results (store: ITrialStore) sweep =
    match store.Results sweep with
    | Some found -> found
    | None -> invalidOp $"no sweep {sweep}"

let status (store: ITrialStore) sweep =
    match store.Status sweep with
    | Some found -> found
    | None -> invalidOp $"no sweep {sweep}"
