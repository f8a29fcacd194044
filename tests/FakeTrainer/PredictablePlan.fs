/// Reads the plain description that the tests write in place of a manifest.
module FakeTrainer.PredictablePlan

open System
open System.IO
open System.Security.Cryptography
open System.Text
open System.Text.Json
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// name, faults (one configuration each), seeds, epochs, batches of an epoch, milliseconds of a batch, and how often
/// a trial may be lost at one place.
type Description = {
    name: string
    faults: string[]
    seeds: int
    epochs: int[]
    batches: int
    milliseconds: int
    lost: int
}

let private configuration description fault =
    ParameterSet.Empty
        .With("batches", ParameterValue.Integer description.batches)
        .With("milliseconds", ParameterValue.Integer description.milliseconds)
        .With("fault", ParameterValue.Text fault)

let private hash (text: string) =
    Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes text))

let private trial description fault (seed: uint64) : PlannedTrial =
    let parameters = configuration description fault

    {
        Id = hash $"{parameters.ToJson()} {seed}"
        ConfigurationId = hash (parameters.ToJson())
        Parameters = parameters
        Varied = ParameterSet.Empty.With("fault", ParameterValue.Text fault)
        Seed = seed
        Epochs = List.ofArray description.epochs
        DataFingerprint = "none"
    }

let private sweep description seeds : Sweep = {
    Name = description.name
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
    Seeds = seeds
    Epochs = List.ofArray description.epochs
    Resources = {
        Workers = Amount.Auto
        Threads = Amount.Auto
        Device = "cpu"
    }
    Retry = {
        Lost = description.lost
        Preempted = 0
        OutOfMemory = 1
        Diverged = 0
        Failed = 0
    }
    ReportFile = "report.html"
}

/// The plan of a description's file, and its text.
let read (path: string) : Result<Plan * string, Problem list> =
    let text = File.ReadAllText path
    let description: Description = nonNull (JsonSerializer.Deserialize text)
    let seeds = [ for seed in 1 .. description.seeds -> uint64 seed ]

    let trials = [
        for fault in description.faults do
            for seed in seeds -> trial description fault seed
    ]

    Ok(
        {
            Sweep = sweep description seeds
            Trials = trials
            Notes = []
        },
        text
    )
