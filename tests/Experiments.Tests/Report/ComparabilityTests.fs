/// What may be compared with what: within a data set, across families, and never with what a pruner stopped.
module Orchestrator.Experiments.Tests.Report.ComparabilityTests

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Tests.Report.SomeSweep
open Xunit

let private textual pairs =
    pairs
    |> List.fold (fun (set: ParameterSet) (name, value) -> set.With(name, ParameterValue.Text value)) ParameterSet.Empty

/// Trials of these parameters with an objective, of which less is better, for each seed.
let private sweep (configurations: ((string * string) list * float list) list) =
    let template = fst (make usual)
    let trial = template.Trials.Head

    let trialOf index parameters seed = {
        trial with
            Id = $"trial-{index}-{seed}-000000"
            ConfigurationId = $"configuration-{index}"
            Parameters = textual parameters
            Varied = textual parameters
            Seed = uint64 (seed + 1: int)
            Epochs = [ 1 ]
            State = TrialState.Completed
    }

    let made =
        configurations
        |> List.mapi (fun index (parameters, values) ->
            values
            |> List.mapi (fun seed value -> trialOf index parameters seed, (value: float)))
        |> List.concat

    {
        template with
            Attempts = []
            Artifacts = []
            Trials = List.map fst made
            Metrics = [
                for trial, value in made ->
                    {
                        TrialId = trial.Id
                        Epoch = 1
                        Name = "val/mse"
                        Value = value
                    }
            ]
            Sweep = {
                template.Sweep with
                    Objective = {
                        Metric = "val/mse"
                        Direction = MetricDirection.Minimize
                    }
            }
    }

let private verdict results =
    VerdictText.build "" [] (Summary.ofResults results)

[<Fact>]
let ``data sets are ranked each by itself and never against each other`` () =
    // On mnist vae is better by 2, on fashion-mnist ae by 3; every value of mnist is below every one of fashion-mnist.
    let results =
        sweep [
            [ "dataset", "mnist"; "family", "ae" ], [ 3.0; 3.1; 3.2 ]
            [ "dataset", "mnist"; "family", "vae" ], [ 1.0; 1.2; 1.1 ]
            [ "dataset", "fashion-mnist"; "family", "ae" ], [ 7.0; 7.1; 7.1 ]
            [ "dataset", "fashion-mnist"; "family", "vae" ], [ 10.0; 10.1; 10.2 ]
        ]

    let summary = Summary.ofResults results
    Assert.Equal<string list>([ "family" ], summary.Names)
    Assert.Equal<string list>([ "mnist"; "fashion-mnist" ], summary.Data)
    Assert.Equal<int list>([ 1; 2; 1; 2 ], summary.Readings.Head.Standings |> List.map _.Rank)
    let verdict = verdict results

    Assert.StartsWith(
        "On mnist, family vae wins with 1.10 ± 0.25; on fashion-mnist, family ae wins with 7.0",
        verdict.Headline
    )

    let answer = Assert.Single verdict.Answers
    Assert.Equal("family", answer.Parameter)
    // 3.0 - 1.0, 3.1 - 1.2, 3.2 - 1.1: mean 2, deviation 0.1; 3.0, 3.0, 3.1 on the other.
    Assert.Equal(
        "On mnist, vae beats ae by 2.00 ± 0.25. On fashion-mnist, ae beats vae by 3.03 ± 0.14.",
        answer.Sentence
    )

[<Fact>]
let ``families are compared although one reads what the other does not`` () =
    // ae against vae at both betas: 2, 2, 2.1 and 4, 4.1, 4; in the mean of each seed 3, 3.05, 3.05.
    let summary =
        sweep [
            [ "family", "ae" ], [ 1.0; 1.1; 1.2 ]
            [ "family", "vae"; "beta", "1" ], [ 3.0; 3.1; 3.3 ]
            [ "family", "vae"; "beta", "4" ], [ 5.0; 5.2; 5.2 ]
        ]
        |> Summary.ofResults

    let said =
        ParameterAnswers.ofReading summary summary.Readings.Head
        |> List.map (fun answer -> answer.Parameter, ParameterAnswers.sentence "" answer)
        |> Map.ofList

    Assert.Equal("ae beats vae by 3.033 ± 0.072.", said["family"])
    Assert.Equal("1 beats 4 by 2.00 ± 0.25.", said["beta"])

[<Fact>]
let ``parameters that change only together get one answer`` () =
    let results =
        sweep [
            [ "family", "cvae"; "beta", "1" ], [ 1.0; 1.1; 1.2 ]
            [ "family", "vae"; "beta", "4" ], [ 3.0; 3.2; 3.2 ]
        ]

    let verdict = verdict results

    Assert.Contains(
        verdict.Support,
        fun sentence -> sentence.StartsWith "beta varies too, but only together with family"
    )

    let answer = Assert.Single verdict.Answers
    Assert.Equal("family", answer.Parameter)
    Assert.StartsWith("cvae beats vae by 2.03 ± 0.14", answer.Sentence)

[<Fact>]
let ``what follows from the family is no parameter of its own`` () =
    let results =
        sweep [
            [ "family", "ae"; "code_activation", "none" ], [ 1.0; 1.1 ]
            [ "family", "vae"; "beta", "1" ], [ 3.0; 3.1 ]
        ]

    Assert.Equal<string list>([ "family" ], (Summary.ofResults results).Names)

[<Fact>]
let ``a pruned trial is counted in plain sight and enters no mean`` () =
    let results =
        sweep [
            [ "family", "ae" ], [ 1.0; 1.1; 9.0 ]
            [ "family", "vae" ], [ 3.0; 3.1; 3.2 ]
        ]

    let pruned i (trial: TrialRecord) =
        if i = 2 then
            { trial with State = TrialState.Pruned }
        else
            trial

    let results = {
        results with
            Trials = results.Trials |> List.mapi pruned
    }

    let ae = (Summary.ofResults results).Readings.Head.Standings.Head
    Assert.Equal(1, Summary.pruned ae.Configuration)
    Assert.Equal(2, ae.Estimate.Count)
    Assert.Equal(1.05, ae.Estimate.Mean, 12)
    Assert.Contains((verdict results).Warnings, fun warning -> warning.StartsWith "1 of 6 trials pruned")

[<Fact>]
let ``two configurations that cannot be told apart are told with their difference`` () =
    let results =
        sweep [
            [ "family", "ae" ], [ 1.0; 1.2; 1.1 ]
            [ "family", "vae" ], [ 1.1; 1.1; 1.2 ]
        ]

    // Differences -0.1, 0.1, -0.1: mean -0.033, half-width 4.302653 * 0.11547 / sqrt 3 = 0.287.
    Assert.Equal(
        "family ae leads with 1.10 ± 0.25, but family vae cannot be told apart from it (difference −0.03 ± 0.29).",
        (verdict results).Headline
    )
