namespace Orchestrator.Experiments.Report

open System.Collections.Generic
open Orchestrator.Experiments.Domain

/// The figures of a sweep, found by trial, metric and epoch.
type Figures = private {
    Curves: Dictionary<struct (string * string), SortedDictionary<int, float>>
    Metrics: string list
}

/// Reads figures.
module Figures =

    /// Indexes the store's records.
    let ofRecords (records: MetricRecord list) : Figures =
        let curves = Dictionary<struct (string * string), SortedDictionary<int, float>>()

        for record in records do
            let key = struct (record.TrialId, record.Name)

            match curves.TryGetValue key with
            | true, curve -> curve[record.Epoch] <- record.Value
            | false, _ ->
                let curve = SortedDictionary<int, float>()
                curve[record.Epoch] <- record.Value
                curves[key] <- curve

        {
            Curves = curves
            Metrics = records |> List.map _.Name |> List.distinct |> List.sort
        }

    /// Every metric that has a figure, in ordinal order.
    let metrics (figures: Figures) = figures.Metrics

    /// A trial's curve of a metric, by epoch; empty where it has none.
    let curve (figures: Figures) trial metric : (int * float) list =
        match figures.Curves.TryGetValue(struct (trial, metric)) with
        | true, curve -> [ for KeyValue(epoch, value) in curve -> epoch, value ]
        | false, _ -> []

    /// One figure.
    let find (figures: Figures) trial metric epoch =
        match figures.Curves.TryGetValue(struct (trial, metric)) with
        | true, curve ->
            match curve.TryGetValue epoch with
            | true, value -> Some value
            | false, _ -> None
        | false, _ -> None
