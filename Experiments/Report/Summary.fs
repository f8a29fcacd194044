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
    Standings: Standing list
    /// Configurations without a figure here.
    Unmeasured: Configuration list
} with

    /// The configuration that the others are compared with.
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
    /// Parameters that tell the configurations apart, in the manifest's order of names.
    Names: string list
    /// Parameters that vary as well, but whose value follows from those.
    Following: string list
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

    let private configurations (results: SweepResults) =
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
                Trials = trials |> List.sortBy _.Seed
                Diverged = ofDivergence.Length
                Failed = failed.Length - ofDivergence.Length
            })

    let private variedNames (configurations: Configuration list) =
        configurations
        |> List.collect (fun configuration -> List.ofSeq configuration.Varied.Names)
        |> List.distinct
        |> List.filter (fun name ->
            configurations
            |> List.distinctBy (fun configuration -> Labels.value configuration.Varied name)
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

    let private reading (objective: Objective) figures configurations epoch =
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

        {
            Epoch = epoch
            Unmeasured = List.map fst unmeasured
            Standings =
                List.zip ranked comparisons
                |> List.mapi (fun index ((configuration, values, estimate), comparison) -> {
                    Configuration = configuration
                    Rank = index + 1
                    Estimate = estimate
                    Values = values
                    Comparison = comparison
                })
        }

    /// The summary of everything that the store holds of a sweep.
    let ofResults (results: SweepResults) : Summary =
        let figures = Figures.ofRecords results.Metrics
        let configurations = configurations results
        let varied = variedNames configurations
        let names = Distinguishing.names varied (configurations |> List.map _.Varied)

        {
            Sweep = results.Sweep
            Names = names
            Following = List.except names varied
            Configurations = configurations
            Figures = figures
            Readings =
                results.Trials
                |> List.collect _.Epochs
                |> List.distinct
                |> List.sort
                |> List.map (reading results.Sweep.Objective figures configurations)
        }
