namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts
open Orchestrator.Core.Evaluation

/// The core's knowledge as function values: the only place where the pure stages meet it.
[<RequireQualifiedAccess>]
module Bridge =

    let private fingerprint (dataFolder: string option) (parameters: ParameterSet) =
        try
            Ok(Configurations.DataFingerprint(parameters, Option.toObj dataFolder))
        with :? ProblemException as found ->
            Error(List.ofSeq found.Problems)

    /// The core's rules, with the data sets of the user's folder.
    let rules (dataFolder: string option) : Rules = {
        Parameters = List.ofSeq ParameterCatalogue.All
        Metrics = List.ofSeq MetricCatalogue.All
        Active = fun parameters -> List.ofSeq (Configurations.Active parameters)
        Check = fun parameters -> List.ofSeq (Configurations.Check parameters)
        BudgetDependence = fun parameters -> Option.ofObj (Configurations.BudgetDependence parameters)
        DataFingerprint = fingerprint dataFolder
    }

    /// The model of a configuration that was checked.
    let describe (parameters: ParameterSet) : ModelDescription = Configurations.Describe parameters
