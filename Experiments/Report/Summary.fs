// Over 300 lines: the records of a leaderboard and the one module that fills them, which infers their types.
namespace Orchestrator.Experiments.Report

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report.Statistics

/// The trials that differ in nothing but their seeds.
type Configuration = {
    Id: string
    /// What the sweep varies.
    Varied: ParameterSet
    Parameters: ParameterSet
    /// What it learns from, in words: only configurations of the same data are compared.
    Data: string
    Trials: TrialRecord list
    /// Trials that ended in a loss that was not finite.
    Diverged: int
    /// Trials that ended in another failure.
    Failed: int
}

/// How a configuration compares with the one at the top.
[<RequireQualifiedAccess>]
type Comparison =
    | Top
    /// The difference from the top, oriented so that a positive one is worse, cannot be told from zero.
    | Indistinct of difference: Estimate * probability: float
    | Behind of difference: Estimate * probability: float
    /// Fewer than two common seeds: nothing can be tested.
    | Untested of difference: Estimate option

/// A configuration with a figure at a reading.
type Standing = {
    Configuration: Configuration
    /// Among the configurations of the same data.
    Rank: int
    Estimate: Estimate
    Values: Map<uint64, float>
    Comparison: Comparison
} with

    /// Whether it belongs to the set of which no member can be told apart from the top.
    member this.InBestSet =
        match this.Comparison with
        | Comparison.Top
        | Comparison.Indistinct _ -> true
        | Comparison.Behind _
        | Comparison.Untested _ -> false

/// The leaderboard of one epoch.
type Reading = {
    Epoch: int
    /// By data, then by rank.
    Standings: Standing list
    /// Configurations without a figure here.
    Unmeasured: Configuration list
} with

    /// The configuration that the others are compared with; the first, where several data sets have one each.
    member this.Top =
        this.Standings
        |> List.tryFind (fun standing -> standing.Comparison = Comparison.Top)

    /// True where at least one comparison could be tested.
    member this.IsTested =
        this.Standings
        |> List.exists (fun standing ->
            match standing.Comparison with
            | Comparison.Indistinct _
            | Comparison.Behind _ -> true
            | _ -> false)

/// What the report says, in numbers.
type Summary = {
    Sweep: SweepRecord
    /// Parameters that tell the configurations of the same data apart, in ordinal order.
    Names: string list
    /// Parameters that vary as well, but whose value follows from those.
    Following: string list
    /// Parameters that say what is learned from, where that differs.
    DataNames: string list
    /// What is learned from, in words; one entry where it is the same for all.
    Data: string list
    Configurations: Configuration list
    Readings: Reading list
    Figures: Figures
}

/// Groups trials into configurations, reads them, ranks them.
module Summary =

    let private divergedTrials (attempts: AttemptRecord list) =
        attempts
        |> List.groupBy _.TrialId
        |> List.choose (fun (trial, own) ->
            match (own |> List.maxBy _.Number).Outcome with
            | Some AttemptOutcome.Diverged -> Some trial
            | _ -> None)
        |> Set.ofList

    // Nats of one data set are not nats of another: nothing is compared across these.
    let private dataParameters = [ "dataset"; "path"; "train_images"; "test_images"; "test"; "without_class" ]

    let private varying names (trials: TrialRecord list) =
        names
        |> List.filter (fun name ->
            trials
            |> List.distinctBy (fun trial -> Labels.value trial.Parameters name)
            |> List.length
                >
                1)

    /// What a configuration learns from, in words.
    let private dataOf names (parameters: ParameterSet) =
        names
        |> List.filter parameters.Contains
        |> List.map (fun name ->
            let value = Labels.value parameters name
            if name = "dataset" then value else $"{name} {value}")
        |> String.concat ", "

    let private configurations dataNames (results: SweepResults) =
        let diverged = divergedTrials results.Attempts

        results.Trials
        |> List.groupBy _.ConfigurationId
        |> List.map (fun (id, trials) ->
            let failed = trials |> List.filter (fun trial -> trial.State = TrialState.Failed)
            let ofDivergence = failed |> List.filter (fun trial -> diverged.Contains trial.Id)

            {
                Id = id
                Varied = trials.Head.Varied
                Parameters = trials.Head.Parameters
                Data = dataOf dataNames trials.Head.Parameters
                Trials = trials |> List.sortBy _.Seed
                Diverged = ofDivergence.Length
                Failed = failed.Length - ofDivergence.Length
            })

    // What is read by some models and not by others follows from what chose the models: one value is no choice.
    let private variedNames dataNames (configurations: Configuration list) =
        configurations
        |> List.collect (fun configuration -> List.ofSeq configuration.Varied.Names)
        |> List.distinct
        |> List.except dataNames
        |> List.filter (fun name ->
            configurations
            |> List.filter (fun configuration -> configuration.Parameters.Contains name)
            |> List.distinctBy (fun configuration -> Labels.value configuration.Parameters name)
            |> List.length
                >
                1)

    /// Trials that were stopped as hopeless.
    let pruned (configuration: Configuration) =
        configuration.Trials
        |> List.filter (fun trial -> trial.State = TrialState.Pruned)
        |> List.length

    // A trial that failed has no figure that counts, whatever it measured before; one that was pruned was the worse one of
    // its kind, and a mean over some of the seeds must not pass for one over all of them.
    let private valuesAt (figures: Figures) metric epoch (trials: TrialRecord list) =
        trials
        |> List.filter (fun trial -> trial.State <> TrialState.Failed && trial.State <> TrialState.Pruned)
        |> List.choose (fun trial ->
            Figures.find figures trial.Id metric (trial.EpochAt epoch)
            |> Option.map (fun value -> trial.Seed, value))
        |> Map.ofList

    /// The estimate of any metric at any epoch, over the trials that have a figure.
    let metricAt figures metric epoch (configuration: Configuration) =
        valuesAt figures metric epoch configuration.Trials
        |> Map.values
        |> List.ofSeq
        |> estimate

    /// A configuration's curve of a metric, an estimate for each epoch, over the trials that did not fail and were not
    /// pruned; where all were pruned, over them.
    let curve figures metric (configuration: Configuration) =
        let alive =
            configuration.Trials
            |> List.filter (fun trial -> trial.State <> TrialState.Failed)

        match alive |> List.filter (fun trial -> trial.State <> TrialState.Pruned) with
        | [] -> alive
        | kept -> kept
        |> List.collect (fun trial -> Figures.curve figures trial.Id metric)
        |> List.groupBy fst
        |> List.sortBy fst
        |> List.choose (fun (epoch, values) ->
            estimate (List.map snd values) |> Option.map (fun estimate -> epoch, estimate))

    /// Positive where the first is worse than the second.
    let orient direction (difference: float) =
        match direction with
        | MetricDirection.Minimize -> difference
        | _ -> -difference

    let private compare direction (top: Map<uint64, float>) (others: Map<uint64, float> list) =
        let orientAll = Map.map (fun _ value -> orient direction value)

        let differences =
            others |> List.map (fun other -> paired (orientAll other) (orientAll top))

        let adjusted =
            differences
            |> List.indexed
            |> List.choose (fun (index, difference) ->
                difference |> Option.bind probability |> Option.map (fun p -> index, p))
            |> fun tested -> List.zip (List.map fst tested) (holm (List.map snd tested))
            |> Map.ofList

        differences
        |> List.mapi (fun index difference ->
            match difference, Map.tryFind index adjusted with
            | Some difference, Some p when p >= 1.0 - level || difference.Mean <= 0.0 ->
                Comparison.Indistinct(difference, p)
            | Some difference, Some p -> Comparison.Behind(difference, p)
            | difference, _ -> Comparison.Untested difference)

    // Configurations of the same data, in order.
    let private ranking (objective: Objective) figures epoch configurations =
        let measured, unmeasured =
            configurations
            |> List.map (fun configuration ->
                let read =
                    configuration.Trials
                    |> List.filter (fun trial -> List.contains epoch trial.Epochs)

                configuration, valuesAt figures objective.Metric epoch read)
            |> List.partition (fun (_, values) -> not values.IsEmpty)

        let ranked =
            measured
            |> List.choose (fun (configuration, values) ->
                estimate (List.ofSeq values.Values)
                |> Option.map (fun estimate -> configuration, values, estimate))
            |> List.sortBy (fun (configuration, _, estimate) ->
                orient objective.Direction estimate.Mean, configuration.Id)

        // One lucky seed must not become the measure of the others where some have several.
        let top =
            ranked
            |> List.tryFindIndex (fun (_, _, estimate) -> estimate.Count > 1)
            |> Option.defaultValue 0

        let comparisons =
            match List.tryItem top ranked with
            | None -> []
            | Some(_, values, _) ->
                ranked
                |> List.removeAt top
                |> List.map (fun (_, other, _) -> other)
                |> compare objective.Direction values
                |> List.insertAt top Comparison.Top

        let standings =
            List.zip ranked comparisons
            |> List.mapi (fun index ((configuration, values, estimate), comparison) -> {
                Configuration = configuration
                Rank = index + 1
                Estimate = estimate
                Values = values
                Comparison = comparison
            })

        standings, List.map fst unmeasured

    let private reading objective figures (data: string list) (configurations: Configuration list) epoch =
        let rankings =
            data
            |> List.map (fun data ->
                configurations
                |> List.filter (fun configuration -> configuration.Data = data)
                |> ranking objective figures epoch)

        {
            Epoch = epoch
            Standings = List.collect fst rankings
            Unmeasured = List.collect snd rankings
        }

    /// The leaderboard of each data set by itself; what has no configuration is left out.
    let byData (summary: Summary) (reading: Reading) : (string * Reading) list =
        let own data (configuration: Configuration) = configuration.Data = data

        summary.Data
        |> List.map (fun data ->
            data,
            {
                reading with
                    Standings =
                        reading.Standings
                        |> List.filter (fun standing -> own data standing.Configuration)
                    Unmeasured = reading.Unmeasured |> List.filter (own data)
            })
        |> List.filter (fun (_, own) -> not (own.Standings.IsEmpty && own.Unmeasured.IsEmpty))

    /// The columns of a table of configurations.
    let columns (summary: Summary) = summary.DataNames @ summary.Names

    /// A configuration by what tells it from all others.
    let label (summary: Summary) (configuration: Configuration) =
        Labels.configuration (columns summary) configuration.Parameters

    /// The summary of everything that the store holds of a sweep.
    let ofResults (results: SweepResults) : Summary =
        let figures = Figures.ofRecords results.Metrics
        let dataNames = varying dataParameters results.Trials
        let configurations = configurations dataNames results
        let data = configurations |> List.map _.Data |> List.distinct
        let varied = variedNames dataNames configurations
        let names = Distinguishing.names varied (configurations |> List.map _.Parameters)

        {
            Sweep = results.Sweep
            Names = names
            Following = List.except names varied
            DataNames = dataNames
            Data = data
            Configurations = configurations
            Figures = figures
            Readings =
                results.Trials
                |> List.collect _.Epochs
                |> List.distinct
                |> List.sort
                |> List.map (reading results.Sweep.Objective figures data configurations)
        }
