namespace Orchestrator.Experiments.Report

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Something that configurations can be compared by: a metric, or what they cost.
type Measure = {
    Name: string
    Label: string
    Unit: string
    Direction: MetricDirection
    /// A configuration's value at an epoch, where it has one.
    At: Configuration -> int -> float option
}

/// Everything that one axis of the trade-off can show.
module Measures =

    let private ofMetric (definition: string -> MetricDefinition option) (summary: Summary) name =
        let known = definition name

        {
            Name = name
            Label = Labels.metric name
            Unit = known |> Option.map _.Unit |> Option.defaultValue ""
            Direction =
                if name = summary.Sweep.Objective.Metric then
                    summary.Sweep.Objective.Direction
                else
                    known |> Option.map _.Direction |> Option.defaultValue MetricDirection.Neutral
            At =
                fun configuration epoch ->
                    Summary.metricAt summary.Figures name epoch configuration |> Option.map _.Mean
        }

    let private time (summary: Summary) (attempts: AttemptRecord list) =
        let byTrial = attempts |> List.groupBy _.TrialId |> Map.ofList

        let costs =
            summary.Configurations
            |> List.choose (fun configuration ->
                Costs.ofConfiguration byTrial configuration
                |> Option.map (fun seconds -> configuration.Id, seconds))
            |> Map.ofList

        {
            Name = "time"
            Label = "seconds per trial"
            Unit = "s"
            Direction = MetricDirection.Minimize
            // The clock was read at the end of trials: there is no time for an earlier reading.
            At =
                fun configuration epoch ->
                    match configuration.Trials |> List.collect _.Epochs with
                    | [] -> None
                    | epochs when List.max epochs = epoch -> Map.tryFind configuration.Id costs
                    | _ -> None
        }

    let private size (describe: ParameterSet -> Result<ModelDescription, string>) (summary: Summary) =
        let sizes =
            summary.Configurations
            |> List.choose (fun configuration ->
                match describe configuration.Parameters with
                | Ok model -> Some(configuration.Id, float model.Parameters)
                | Error _ -> None)
            |> Map.ofList

        {
            Name = "size"
            Label = "trainable parameters"
            Unit = ""
            Direction = MetricDirection.Minimize
            At = fun configuration _ -> Map.tryFind configuration.Id sizes
        }

    /// The metrics in ordinal order, then time and size.
    let all definition describe (summary: Summary) (attempts: AttemptRecord list) = [
        for name in Figures.metrics summary.Figures do
            ofMetric definition summary name
        time summary attempts
        size describe summary
    ]
