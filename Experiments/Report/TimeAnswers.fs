/// What the values of a parameter cost in time, compared as figures are: everything else equal, paired over seeds.
module Orchestrator.Experiments.Report.TimeAnswers

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report.Statistics
open Orchestrator.Report.Model

// More values make a table, not a sentence.
let private fewValues = 4

let private timed (byTrial: Map<string, AttemptRecord list>) (standing: Standing) =
    let values =
        standing.Configuration.Trials
        |> List.filter (fun trial -> trial.State = TrialState.Completed)
        |> List.choose (fun trial ->
            Map.tryFind trial.Id byTrial
            |> Option.bind Costs.seconds
            |> Option.map (fun seconds -> trial.Seed, seconds))

    estimate (List.map snd values)
    |> Option.map (fun estimate -> {
        standing with
            Values = Map.ofList values
            Estimate = estimate
    })

let private isClear (contrast: ParameterAnswers.Contrast) =
    match contrast.Probability with
    | Some probability -> probability < 1.0 - level && contrast.Difference.Mean > 0.0
    | None -> false

let private sentence (answer: ParameterAnswers.Answer) =
    let quicker = answer.Contrasts.Head.Better

    let by (contrast: ParameterAnswers.Contrast) =
        Numbers.withUncertainty contrast.Difference.Mean contrast.Difference.Half

    let against (contrast: ParameterAnswers.Contrast) =
        $"{contrast.Worse} by {by contrast} s a trial"

    let listed = List.map against >> Labels.sequence

    match answer.Contrasts |> List.partition isClear with
    | clear, [] -> $"{quicker} is quicker than {listed clear}, as the trials ran here."
    | [], unclear ->
        $"No value is quicker beyond chance, as the trials ran here: {quicker} was ahead of {listed unclear}."
    | clear, unclear ->
        $"{quicker} is quicker than {listed clear}, as the trials ran here; that it was ahead of {listed unclear} may be chance."

/// An answer for each parameter of a few values with two or more seeds.
let ofReading (summary: Summary) (attempts: AttemptRecord list) (reading: Reading) : ParameterAnswer list =
    let byTrial = attempts |> List.groupBy _.TrialId |> Map.ofList

    let onTime = {
        summary with
            Sweep = {
                summary.Sweep with
                    Objective = {
                        Metric = "time"
                        Direction = MetricDirection.Minimize
                    }
            }
    }

    let isMeasured (answer: ParameterAnswers.Answer) =
        answer.Contrasts.Length < fewValues
        && answer.Contrasts
           |> List.forall (fun contrast -> contrast.Difference.Half.IsSome && contrast.Difference.Mean > 0.0)

    ParameterAnswers.ofReading onTime {
        reading with
            Standings = reading.Standings |> List.choose (timed byTrial)
    }
    |> List.filter isMeasured
    |> List.map (fun answer -> ParameterAnswer($"{answer.Parameter}, time", sentence answer))
