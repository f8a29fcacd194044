namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Contracts

/// What the core knows, as values: the pure stages run without a tensor library, and tests bring their own.
type Rules = {
    /// Every parameter that can be fixed or varied.
    Parameters: ParameterDefinition list
    /// Every metric that can be optimized or read.
    Metrics: MetricDefinition list
    /// The parameters that a configuration reads; others vanish from it.
    Active: ParameterSet -> ParameterDefinition list
    /// What makes a configuration impossible; Where is a parameter's name.
    Check: ParameterSet -> Problem list
    /// Why results depend on the total of epochs, where they do.
    BudgetDependence: ParameterSet -> string option
    /// The metrics that a configuration reports at the end of every epoch.
    EpochMetrics: ParameterSet -> string list
    /// What the data of a configuration are, by content.
    DataFingerprint: ParameterSet -> Result<string, Problem list>
}

[<RequireQualifiedAccess>]
module Rules =

    /// The definition of a parameter's name.
    let parameter name rules =
        rules.Parameters |> List.tryFind (fun definition -> definition.Name = name)

    /// The definition of a metric's id.
    let metric name rules =
        rules.Metrics |> List.tryFind (fun definition -> definition.Name = name)

    /// The value that a configuration gives to a parameter: the assigned one, else the default.
    let value name (parameters: ParameterSet) rules =
        match Option.ofObj (parameters.Find name) with
        | Some value -> Some value
        | None ->
            rules
            |> parameter name
            |> Option.bind (fun definition -> Option.ofObj definition.DefaultValue)

    /// True when a configuration, completed with defaults, holds all values of a condition.
    let holds (condition: ParameterSet) parameters rules =
        condition
        |> Seq.forall (fun pair -> value pair.Key parameters rules = Some pair.Value)
