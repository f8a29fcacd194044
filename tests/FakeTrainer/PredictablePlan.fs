/// Reads the plain description that the tests write in place of a manifest.
module FakeTrainer.PredictablePlan

open System
open System.Collections.Immutable
open System.IO
open System.Security.Cryptography
open System.Text
open System.Text.Json
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan

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
    /// Trials of a search over x and y; 0 for none.
    trials: int
    /// Configurations before the first proposal; 0 for the whole grid.
    startup: int
    /// off, median or halving.
    pruner: string | null
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

let private pruner description =
    match description.pruner with
    | "median" -> Pruner.Median(1, 3, 1)
    | "halving" -> Pruner.SuccessiveHalving(3, 1)
    | _ -> Pruner.Off

let private parameters: ParameterDefinition list = [
    Parameter<string>(
        "fake",
        Name = "dataset",
        Section = ParameterSection.Dataset,
        Description = "none",
        Choices = [| "fake" |].ToImmutableArray()
    )
    Parameter<string>("none", Name = "fault", Section = ParameterSection.Training, Description = "what goes wrong")
    for name in [ "batches"; "milliseconds" ] do
        Parameter<int>(1, Name = name, Section = ParameterSection.Training, Description = name)
    for name in [ "x"; "y" ] do
        Parameter<float>(0.0, Name = name, Section = ParameterSection.Model, Description = name)
]

/// What the planner has to know of the parameters of a search.
let rules: Rules = {
    Parameters = parameters
    Metrics = [
        MetricDefinition("val/elbo", "nats per image", MetricDirection.Maximize, "made up", true)
    ]
    Active = fun _ -> parameters
    Check = fun _ -> []
    BudgetDependence = fun _ -> None
    EpochMetrics = fun _ -> [ "train/loss"; "val/elbo" ]
    DataFingerprint = fun _ -> Ok "none"
}

let private axis name = {
    Parameters = [ name ]
    Points = [
        for step in 0..20 -> ParameterSet.Empty.With(name, ParameterValue.Real(float step / 20.))
    ]
    When = None
}

let private search description seeds =
    Planner.plan rules {
        sweep description seeds with
            Fixed = (configuration description description.faults[0]).With("dataset", ParameterValue.Text "fake")
            Axes = [ axis "x"; axis "y" ]
            Pruner = pruner description
            Sampler =
                if description.startup > 0 then
                    Sampler.Tpe(description.trials, 5UL, description.startup)
                else
                    Sampler.Random(description.trials, 5UL)
    }
    |> Result.mapError (List.map SweepProblem.toProblem)

/// The plan of a description's file, and its text.
let read (path: string) : Result<Plan * string, Problem list> =
    let text = File.ReadAllText path
    let description: Description = nonNull (JsonSerializer.Deserialize text)
    let seeds = [ for seed in 1 .. description.seeds -> uint64 seed ]

    let trials = [
        for fault in description.faults do
            for seed in seeds -> trial description fault seed
    ]

    if description.trials > 0 then
        search description seeds |> Result.map (fun plan -> plan, text)
    else
        Ok(
            {
                Sweep = sweep description seeds
                Trials = trials
                ToPropose = 0
                Notes = []
            },
            text
        )
