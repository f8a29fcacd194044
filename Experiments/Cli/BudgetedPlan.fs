namespace Orchestrator.Experiments.Cli

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan

/// A manifest's plan, cut down to a budget.
[<RequireQualifiedAccess>]
module BudgetedPlan =

    // The store keeps the manifest of what was run: the one that was given, or that of the smaller sweep, which says so.
    let private manifest rules file (fitted: Fitted) (given: string) (original: Plan) =
        if fitted.Plan.Sweep = original.Sweep then
            given
        else
            let comments =
                $"Made of {file}." :: fitted.Cuts
                |> List.map (fun line -> $"# {line}\n")
                |> String.concat ""

            comments + Printer.print rules fitted.Plan.Sweep

    let private refuse file (problems: SweepProblem list) =
        let problems =
            problems
            |> List.map (fun found ->
                let problem = SweepProblem.toProblem found
                Problem($"{file}: {problem.Where}", problem.Cause, problem.Remedy))

        {
            Text = problems |> List.map (fun problem -> $"{problem}\n") |> String.concat ""
            Problems = problems
        }

    /// Fits a plan to a budget where there is one.
    let fit
        (rules: Rules)
        (sizes: Sizes)
        (budget: Budget option)
        (file: string)
        (plan: Plan, text: string)
        : Result<Plan * string, Refusal> =
        match budget with
        | None -> Ok(plan, text)
        | Some budget ->
            Budget.fit rules sizes budget plan
            |> Result.map (fun fitted -> fitted.Plan, manifest rules file fitted text plan)
            |> Result.mapError (refuse file)
