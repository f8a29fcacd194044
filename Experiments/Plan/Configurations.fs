namespace Orchestrator.Experiments.Plan

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// The distinct configurations of a sweep, in the order of its axes.
type Configurations = {
    Distinct: Configuration list
    Excluded: int
    /// Configurations that became equal to an earlier one when inactive parameters vanished, or were included twice.
    Repeated: int
    /// Fewer than the sampler was asked for: the space holds no more, or few that are not excluded.
    Missing: int
}

[<RequireQualifiedAccess>]
module Configurations =

    /// The most trials of a sweep.
    let maximumTrials = 100_000

    let private problem place cause remedy = {
        Place = place
        Cause = cause
        Remedy = remedy
    }

    let private tooMany (count: string) =
        problem
            (Place.Section "parameters")
            $"this asks for {count} trials, and a sweep has at most {Numerals.count (bigint maximumTrials)}"
            "Vary fewer parameters, take fewer values, or draw some of them with sampler: {random: {trials: 200, seed: 1}}."

    // The size is known without expanding it, unless conditions make it smaller than the product.
    let private checkSize (sweep: Sweep) axes =
        let trials = Grid.size axes * bigint sweep.Seeds.Length

        if
            trials > bigint maximumTrials
            && axes |> List.forall (fun axis -> axis.When.IsNone)
        then
            Error [ tooMany (Numerals.count trials) ]
        else
            Ok()

    let private checkCount (sweep: Sweep) (declared: ParameterSet list) =
        if bigint declared.Length * bigint sweep.Seeds.Length > bigint maximumTrials then
            Error [ tooMany $"more than {Numerals.count (bigint maximumTrials)}" ]
        else
            Ok declared

    let private grid rules sweep axes =
        let atMost = maximumTrials / sweep.Seeds.Length + 1

        checkSize sweep axes
        |> Result.bind (fun () ->
            Grid.expand rules axes sweep.Fixed
            |> Seq.truncate atMost
            |> List.ofSeq
            |> checkCount sweep)

    let private resolveAll rules declared =
        let resolved = declared |> List.map (Configuration.resolve rules)

        let missing =
            resolved
            |> List.collect (function
                | Error names -> names
                | Ok _ -> [])
            |> List.distinct

        if missing.IsEmpty then
            resolved |> List.choose Result.toOption |> Ok
        else
            missing
            |> List.map (fun name ->
                problem (Place.Parameter name) $"{name} is missing, and has no default" "Fix it, or vary it.")
            |> Error

    let private idleExclusions rules (sweep: Sweep) (grid: Configuration list) =
        sweep.Exclude
        |> List.indexed
        |> List.filter (fun (_, exclusion) ->
            grid
            |> List.forall (fun configuration -> not (Rules.holds exclusion configuration.Declared rules)))
        |> List.map (fun (index, exclusion) ->
            problem
                (Place.Exclusion index)
                $"this excludes nothing: no configuration has {Numerals.assignment exclusion}"
                "Correct the values, or remove the exclusion.")

    let private isExcluded (sweep: Sweep) configuration =
        sweep.Exclude
        |> List.exists (fun exclusion -> Configuration.matches exclusion configuration)

    let private distinct configurations =
        let seen = HashSet<ParameterSet>()

        configurations
        |> List.filter (fun configuration -> seen.Add configuration.Resolved)

    // A drawn grid shows only a part of what exclusions are about.
    let private judgeExclusions rules sweep grid =
        match sweep.Sampler with
        | Sampler.Grid -> idleExclusions rules sweep grid
        | _ -> []

    let private assemble rules (sweep: Sweep) missing (declared: ParameterSet list) =
        let included = sweep.Include |> List.map (Grid.join sweep.Fixed)

        match resolveAll rules declared, resolveAll rules included with
        | Ok grid, Ok included ->
            match judgeExclusions rules sweep grid with
            | [] ->
                let kept = grid |> List.filter (isExcluded sweep >> not)
                let all = kept @ included
                let unique = distinct all

                Ok {
                    Distinct = unique
                    Excluded = grid.Length - kept.Length
                    Repeated = all.Length - unique.Length
                    Missing = missing
                }
            | problems -> Error problems
        | grid, included ->
            let problems result =
                match result with
                | Ok _ -> []
                | Error problems -> problems

            Error(List.distinct (problems grid @ problems included))

    let private circle (axes: Axis list) =
        axes
        |> List.map (fun axis ->
            let name = axis.Parameters |> List.tryHead |> Option.defaultValue ""

            problem
                (Place.Condition name)
                $"the condition of {name} leads back to {name} itself"
                "Take one of the conditions out.")

    // A grid of no axes is one configuration, unless the sweep is a list of inclusions only.
    let private declare rules (sweep: Sweep) axes =
        let draw uniform trials =
            Ok(Sampling.draw rules sweep axes uniform (max 1 (trials / sweep.Seeds.Length)))

        match sweep.Sampler with
        | _ when axes.IsEmpty && not sweep.Include.IsEmpty -> Ok([], 0)
        | Sampler.Grid -> grid rules sweep axes |> Result.map (fun declared -> declared, 0)
        | Sampler.Random(trials, _)
        | Sampler.Sobol(trials, _)
        | Sampler.Tpe(trials, _, _) when trials > maximumTrials ->
            Error [
                {
                    tooMany (Numerals.count (bigint trials)) with
                        Place = Place.Section "sampler"
                }
            ]
        | Sampler.Random(trials, seed) -> draw (Sampling.random seed) trials
        | Sampler.Sobol(trials, seed) ->
            if axes.Length > Sobol.maximumDimensions then
                Error [
                    problem
                        (Place.Section "sampler")
                        $"{axes.Length} axes are more than the {Sobol.maximumDimensions} of the sobol sampler"
                        "Write random, or vary fewer parameters."
                ]
            else
                draw (Sobol.points axes.Length seed) trials
        | Sampler.Tpe(trials, seed, startup) ->
            let first = min startup (max 1 (trials / sweep.Seeds.Length))

            let points =
                if axes.Length > Sobol.maximumDimensions then
                    Sampling.random seed
                else
                    Sobol.points axes.Length seed

            Ok(Sampling.draw rules sweep axes points first)

    /// The configurations of a sweep, or why it has none.
    let ofSweep (rules: Rules) (sweep: Sweep) : Result<Configurations, SweepProblem list> =
        Grid.order sweep.Axes
        |> Result.mapError circle
        |> Result.bind (fun axes -> declare rules sweep axes)
        |> Result.bind (fun (declared, missing) -> assemble rules sweep missing declared)
