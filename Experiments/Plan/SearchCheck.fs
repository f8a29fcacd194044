namespace Orchestrator.Experiments.Plan

open Orchestrator.Experiments.Domain

/// What a sampler that learns, and a pruner, cannot work with: seen only once configurations are known.
[<RequireQualifiedAccess>]
module SearchCheck =

    let private problem place cause remedy = {
        Place = place
        Cause = cause
        Remedy = remedy
    }

    let private example (sweep: Sweep) (configuration: Configuration) =
        match
            sweep.Axes
            |> List.collect _.Parameters
            |> List.distinct
            |> List.choose (fun name ->
                Option.ofObj (configuration.Resolved.Find name)
                |> Option.map (fun value -> $"{name} {Numerals.parameter value}"))
        with
        | [] -> ""
        | parts -> $""" (where {String.concat ", " parts})"""

    // A trial without the figure would never be compared with the others.
    let private measured (rules: Rules) (sweep: Sweep) (configurations: Configuration list) =
        let metric = sweep.Objective.Metric

        let everyEpoch =
            Rules.metric metric rules
            |> Option.exists (fun definition -> definition.EveryEpoch)

        let lacking =
            configurations
            |> List.tryFind (fun configuration ->
                not (List.contains metric (rules.EpochMetrics configuration.Resolved)))

        match sweep.Pruner, lacking with
        | Pruner.Off, _
        | _, None -> []
        | _ when not everyEpoch -> []
        | _, Some configuration ->
            let reported =
                rules.EpochMetrics configuration.Resolved
                |> List.filter (fun name -> (Rules.metric name rules).IsSome)
                |> String.concat ", "

            [
                problem
                    (Place.Section "pruner")
                    $"{metric} is not measured in every configuration{example sweep configuration}, and a pruner compares them by it"
                    $"Optimize a metric that all of them report (this one: {reported}), or remove pruner."
            ]

    // A proposal is one training; which of several lengths it should be judged by is not said.
    let private oneLength (rules: Rules) (sweep: Sweep) (configurations: Configuration list) =
        match sweep.Sampler with
        | Sampler.Tpe _ when sweep.Epochs.Length > 1 ->
            configurations
            |> List.tryPick (fun configuration -> rules.BudgetDependence configuration.Resolved)
            |> Option.map (fun reason ->
                problem
                    (Place.Section "epochs")
                    $"results depend on the total of epochs ({reason}), and the sampler tpe proposes trainings of one length"
                    $"Write epochs: {List.last sweep.Epochs}, or another sampler.")
            |> Option.toList
        | _ -> []

    /// Everything that the search cannot work with.
    let problems rules sweep configurations =
        measured rules sweep configurations @ oneLength rules sweep configurations
