namespace Orchestrator.Experiments.Search

open System
open System.Globalization
open System.Security.Cryptography
open System.Text
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// A trial as a sampler that learns sees it, in the plan's order.
type TrialFigure = {
    TrialId: string
    ConfigurationId: string
    Parameters: ParameterSet
    State: TrialState
    IsDiverged: bool
    /// The epoch of the figure: the budget, or where the trial stopped.
    Epoch: int
    /// The objective there, where it was measured.
    Value: float option
}

/// What is known of how good a configuration is.
type Observation = {
    ConfigurationId: string
    Parameters: ParameterSet
    /// Sorts configurations from good to bad.
    Order: int * int * float
    /// The mean over the seeds that count, where there is a figure.
    Value: float option
}

[<RequireQualifiedAccess>]
module Observation =

    // Completed ones come first, by their mean over seeds; then those with a pruned seed, the sooner pruned the worse;
    // then those that diverged. Other failures say nothing about a configuration.
    let private ofConfiguration direction (trials: TrialFigure list) =
        let first = List.head trials

        let valuesIn state =
            trials |> List.filter (fun trial -> trial.State = state) |> List.choose _.Value

        let observed order value =
            Some {
                ConfigurationId = first.ConfigurationId
                Parameters = first.Parameters
                Order = order
                Value = value
            }

        let pruned = trials |> List.filter (fun trial -> trial.State = TrialState.Pruned)

        match valuesIn TrialState.Completed, valuesIn TrialState.Pruned with
        | _ when trials |> List.exists _.IsDiverged -> observed (3, 0, 0.0) None
        | _, (_ :: _ as values) ->
            let mean = List.average values
            observed (2, -(pruned |> List.map _.Epoch |> List.min), PruningRule.cost direction mean) (Some mean)
        | (_ :: _ as values), [] ->
            let mean = List.average values
            observed (1, 0, PruningRule.cost direction mean) (Some mean)
        | [], [] -> None

    /// Configurations with a result, from good to bad; of equal ones the first planned is better.
    let ranked direction (figures: TrialFigure list) : Observation list =
        figures
        |> List.groupBy (fun figure -> figure.ConfigurationId)
        |> List.choose (snd >> ofConfiguration direction)
        |> List.sortBy _.Order

    /// SHA-256 of what is known: two proposals with one digest were made on the same results.
    let digest (observations: Observation list) =
        let line (observation: Observation) =
            let kind, epoch, cost = observation.Order

            String.Format(
                CultureInfo.InvariantCulture,
                "{0} {1} {2} {3:R}\n",
                observation.ConfigurationId,
                kind,
                epoch,
                cost
            )

        observations
        |> List.map line
        |> String.concat ""
        |> Encoding.UTF8.GetBytes
        |> SHA256.HashData
        |> Convert.ToHexStringLower
