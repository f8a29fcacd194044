/// The one place where F# calls the core.
module Orchestrator.Experiments.Domain.Bridge

open System
open System.Collections.Concurrent
open System.Threading
open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Orchestrator.Core.Devices
open Orchestrator.Core.Evaluation
open Orchestrator.Core.Extensions
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
    |> Seq.map (fun parameters -> (aboutData parameters).Without DatasetSelection.Validation.Name)
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

/// The scripts, with digests of their texts, that have added to the catalogues in this process.
let extensions () : string list = List.ofSeq LoadedExtensions.Origins

/// Why a trial of these parameters cannot be trained or described here: it needs a script that is not loaded, or another text of it.
let missing (parameters: ParameterSet) : Problem option =
    Option.ofObj (LoadedExtensions.Mismatch parameters)

/// True where a script has added to the catalogues in this process.
let isExtended () = not (extensions ()).IsEmpty

/// The model of a configuration, layer by layer.
let describe (parameters: ParameterSet) : ModelDescription = Configurations.Describe parameters

/// The images that a configuration trains on in an epoch.
let trainingImages (parameters: ParameterSet) : int =
    Configurations.TrainingImages parameters

/// The images that a configuration trains and validates on.
let images (parameters: ParameterSet) : int =
    Configurations.TrainingImages parameters
    + parameters.Get DatasetSelection.Validation

/// Why the data of a configuration cannot be read now: they are not here.
let missingData (dataFolder: string option) (parameters: ParameterSet) : string option =
    let name = parameters.Get DatasetSelection.Dataset
    let locations = DataLocations.FromEnvironment(Option.toObj dataFolder)
    let files = DatasetCatalogue.Find(name).Files.Invoke locations

    if files |> Seq.exists (fun file -> isNull file.Path) then
        Some $"the data set {name} is not here yet; 'orchestrator data {name}' downloads it"
    else
        None

/// How many GPUs this process can train on.
let gpuCount () : int =
    TorchDevice.Available()
    |> Seq.filter (fun device -> device.StartsWith("cuda", StringComparison.Ordinal))
    |> Seq.length

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
