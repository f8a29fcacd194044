namespace Orchestrator.Experiments.Scripting

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// One trial read at one epoch: a row for Seq, and for statistics.
type Reading = {
    Sweep: string
    Trial: string
    /// What replicates share.
    Configuration: string
    /// What tells the configuration from the others, in words.
    Label: string
    Parameters: ParameterSet
    Seed: uint64
    Epoch: int
    Metrics: Map<string, float>
    /// Where the trial's files lie, relative to the results folder.
    Folder: string
}

/// Rows of figures out of what the store holds.
[<RequireQualifiedAccess>]
module Reading =

    /// The value of a metric, in its unit; not a number where the trial has none.
    let metric (name: string) (reading: Reading) =
        reading.Metrics |> Map.tryFind name |> Option.defaultValue Double.NaN

    /// The value of a parameter; its default where the configuration does not read it.
    let parameter (handle: Handle<'T>) (reading: Reading) : 'T option =
        Option.ofObj (reading.Parameters.Find handle.Name)
        |> Option.orElse (Option.ofObj handle.Definition.DefaultValue)
        |> Option.map handle.Read

    let private ofTrial (results: SweepResults) (metrics: Map<string, MetricRecord list>) (trial: TrialRecord) =
        let figures = metrics |> Map.tryFind trial.Id |> Option.defaultValue []

        [
            for epoch in trial.Epochs do
                if trial.EpochAt epoch <= trial.EpochsDone then
                    {
                        Sweep = results.Sweep.Name
                        Trial = trial.Id
                        Configuration = trial.ConfigurationId
                        Label = Numerals.assignment trial.Varied
                        Parameters = trial.Parameters
                        Seed = trial.Seed
                        Epoch = epoch
                        Metrics =
                            figures
                            |> List.filter (fun figure -> figure.Epoch = trial.EpochAt epoch)
                            |> List.map (fun figure -> figure.Name, figure.Value)
                            |> Map.ofList
                        Folder = trial.Folder
                    }
        ]

    /// The readings of the completed trials of a sweep, in the plan's order.
    let ofResults (results: SweepResults) : Reading list =
        let metrics = results.Metrics |> List.groupBy _.TrialId |> Map.ofList

        results.Trials
        |> List.filter (fun trial -> trial.State = TrialState.Completed)
        |> List.collect (ofTrial results metrics)
