/// The one place where F# calls the core.
module Orchestrator.Experiments.Domain.Bridge

open System
open System.Collections.Concurrent
open System.Threading
open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Orchestrator.Core.Evaluation
open Orchestrator.Core.Training

// What the user can mend crosses the border as a value.
let private asResult compute =
    try
        Ok(compute ())
    with :? ProblemException as refusal ->
        Error(List.ofSeq refusal.Problems)

/// The metric of an id.
let metric (name: string) : MetricDefinition option =
    Option.ofObj (MetricCatalogue.Find name)

// Only what says which data a configuration learns from.
let private aboutData (parameters: ParameterSet) =
    parameters
    |> Seq.filter (fun pair ->
        match ParameterCatalogue.Find pair.Key with
        | null -> false
        | definition -> definition.Section = ParameterSection.Dataset)
    |> ParameterSet.Of

/// Makes sure that the data of all configurations is here, complete and verified; tells what is downloaded.
let ensureData (say: string -> unit) (dataFolder: string option) (configurations: ParameterSet seq) =
    let told = ConcurrentDictionary<string, bool>()

    let progress = {
        new IProgress<DataProgress> with
            member _.Report step =
                if told.TryAdd(step.Step, true) then
                    say step.Step
    }

    let ensure parameters =
        asResult (fun () ->
            Configurations.EnsureData(parameters, Option.toObj dataFolder, progress, CancellationToken.None))

    // The split does not change what must be there.
    configurations
    |> Seq.map (fun parameters -> (aboutData parameters).Without Parameters.Validation.Name)
    |> Seq.distinct
    |> Seq.map ensure
    |> Seq.collect (function
        | Ok() -> []
        | Error problems -> problems)
    |> List.ofSeq
    |> function
        | [] -> Ok()
        | problems -> Error problems

/// The core's rules, with the data sets of a folder given by the user. Own data are read anew for each.
let rules (dataFolder: string option) : Rules =
    Configurations.ForgetOwnData()

    let fingerprints =
        ConcurrentDictionary<ParameterSet, Result<string, Problem list>>()

    {
        Parameters = List.ofSeq ParameterCatalogue.All
        Metrics = List.ofSeq MetricCatalogue.All
        Active = Configurations.Active >> List.ofSeq
        Check = Configurations.Check >> List.ofSeq
        BudgetDependence = Configurations.BudgetDependence >> Option.ofObj
        EpochMetrics = Configurations.EpochMetrics >> List.ofSeq
        DataFingerprint =
            fun parameters ->
                fingerprints.GetOrAdd(
                    aboutData parameters,
                    fun data -> asResult (fun () -> Configurations.DataFingerprint(data, Option.toObj dataFolder))
                )
    }

/// The model of a configuration, layer by layer.
let describe (parameters: ParameterSet) : ModelDescription = Configurations.Describe parameters

/// Trains a trial in this process.
let train
    (trial: TrialSpecification)
    (environment: TrialEnvironment)
    (observer: ITrialObserver)
    (stop: CancellationToken)
    =
    Trainer.Train(trial, environment, observer, stop)

/// The device that a name stands for here; auto is the first GPU, else the CPU.
let resolveDevice (name: string) : Result<string, Problem> =
    let name =
        if name = "auto" then
            TorchDevice.Available()
            |> Seq.tryFind (fun device -> device.StartsWith("cuda", StringComparison.Ordinal))
            |> Option.defaultValue "cpu"
        else
            name

    match Option.ofObj (TorchDevice.Check name) with
    | None -> Ok name
    | Some problem -> Error problem
