namespace Orchestrator.Experiments.Plan

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Makes the plan of a sweep: its trials, identified by content, and what people should know about them.
[<RequireQualifiedAccess>]
module Planner =

    let private problem place cause remedy = {
        Place = place
        Cause = cause
        Remedy = remedy
    }

    // The same cause in many configurations is one problem, with one of them for an example.
    let private impossible (rules: Rules) varied (configurations: Configuration list) =
        let place (found: Problem) (configuration: Configuration) =
            match Option.ofObj (configuration.Resolved.Find found.Where) with
            | Some value -> Place.Value(found.Where, value)
            | None when (Rules.parameter found.Where rules).IsSome -> Place.Parameter found.Where
            | None -> Place.Section "parameters"

        let example (configuration: Configuration) =
            configuration.Resolved
            |> Seq.filter (fun pair -> Set.contains pair.Key varied)
            |> ParameterSet.Of
            |> Numerals.assignment

        configurations
        |> List.collect (fun configuration ->
            rules.Check configuration.Resolved
            |> List.map (fun found -> place found configuration, found, configuration))
        |> List.groupBy (fun (place, found, _) -> place, found.Cause, found.Remedy)
        |> List.map (fun ((place, cause, remedy), group) ->
            let _, _, first = List.head group

            let among =
                match configurations.Length, example first with
                | 1, _
                | _, "" -> ""
                | all, example -> $" (in {group.Length} of {all} configurations, such as {example})"

            problem place $"{cause.TrimEnd '.'}{among}" remedy)

    // A parameter that was given and that no configuration reads would only seem to matter.
    let private idle (rules: Rules) (sweep: Sweep) (configurations: Configuration list) =
        let read =
            configurations
            |> Seq.collect (fun (configuration: Configuration) -> configuration.Resolved.Names)
            |> HashSet

        let given =
            List.ofSeq sweep.Fixed.Names
            @ List.collect (fun (axis: Axis) -> axis.Parameters) sweep.Axes
            @ List.collect (fun (set: ParameterSet) -> List.ofSeq set.Names) sweep.Include

        given
        |> List.distinct
        |> List.filter (fun name -> not (read.Contains name))
        |> List.map (fun name ->
            let place =
                if sweep.Fixed.Contains name then
                    Place.Fixed name
                else
                    Place.Parameter name

            problem
                place
                $"{name} has no effect: no configuration of this sweep reads it"
                "Remove it, or choose a model or training that reads it.")

    // What tells configurations from each other: what an axis declares, and whatever else differs. Which parameters a
    // configuration has at all follows from those that differ, such as its family.
    let private varied (sweep: Sweep) (active: ParameterDefinition seq) (resolved: ParameterSet list) =
        let declared = sweep.Axes |> List.collect _.Parameters |> Set.ofList

        let first = Dictionary<string, ParameterValue>()

        let differing =
            set [
                for pair in Seq.collect id resolved do
                    if not (first.TryAdd(pair.Key, pair.Value)) && first[pair.Key] <> pair.Value then
                        pair.Key
            ]

        // Which script something comes from follows from the rest.
        let following = active |> Seq.filter _.IsAlwaysNamed |> Seq.map _.Name |> Set.ofSeq

        Set.union declared (Set.difference differing following)

    // The data are looked at once for each data set, not once for each configuration.
    let private fingerprints (rules: Rules) (configurations: Configuration list) =
        let known = Dictionary<string, Result<string, Problem list>>()

        let dataOf (configuration: Configuration) =
            let names =
                configuration.Active
                |> List.filter (fun definition -> definition.Section = ParameterSection.Dataset)
                |> List.map _.Name

            configuration.Resolved
            |> Seq.filter (fun pair -> List.contains pair.Key names)
            |> ParameterSet.Of

        let fingerprint (configuration: Configuration) =
            let key = (dataOf configuration).ToJson()

            match known.TryGetValue key with
            | true, found -> found
            | _ ->
                let found = rules.DataFingerprint configuration.Resolved
                known[key] <- found
                found

        let found =
            configurations
            |> List.map (fun configuration -> configuration, fingerprint configuration)

        let problems =
            found
            |> List.collect (function
                | _, Error problems -> problems
                | _ -> [])
            |> List.distinct

        if problems.IsEmpty then
            found
            |> List.choose (fun (configuration, found) ->
                found |> Result.toOption |> Option.map (fun id -> configuration, id))
            |> Ok
        else
            problems
            |> List.map (fun found ->
                problem (Place.Section "dataset") $"{found.Where}: {found.Cause.TrimEnd '.'}" found.Remedy)
            |> Error

    // One training with several readings, or a training for each total where results depend on it.
    let private budgets (rules: Rules) (sweep: Sweep) (configuration: Configuration) =
        match rules.BudgetDependence configuration.Resolved with
        | None -> [ None, sweep.Epochs ]
        | Some _ -> sweep.Epochs |> List.map (fun epochs -> Some epochs, [ epochs ])

    let private trials rules (sweep: Sweep) varied (configurations: (Configuration * string) list) =
        let planned (configuration: Configuration, fingerprint) =
            budgets rules sweep configuration
            |> List.map (fun (budget, epochs) ->
                let essential =
                    Identity.essential configuration.Active configuration.Resolved budget

                let id, trialId = Identity.name fingerprint essential

                let shown =
                    configuration.Resolved
                    |> Seq.filter (fun pair -> Set.contains pair.Key varied)
                    |> ParameterSet.Of

                let shown =
                    match budget with
                    | Some total when sweep.Epochs.Length > 1 ->
                        shown.With("epochs", ParameterValue.Integer(int64 total))
                    | _ -> shown

                fun seed -> {
                    Id = trialId seed
                    ConfigurationId = id
                    Parameters = configuration.Resolved
                    Varied = shown
                    Seed = seed
                    Epochs = epochs
                    DataFingerprint = fingerprint
                })

        let withSeed = configurations |> List.collect planned

        // Every configuration gets its first seed before any gets its second: partial results can be compared.
        sweep.Seeds
        |> List.collect (fun seed -> withSeed |> List.map (fun make -> make seed))
        |> List.distinctBy _.Id // two places may hold the same data

    // A sampler draws few of the configurations; what none of the drawn ones reads, another one may.
    let private sampled rules (sweep: Sweep) (drawn: Configuration list) =
        match sweep.Sampler, Grid.order sweep.Axes with
        | Sampler.Grid, _
        | _, Error _ -> drawn
        | _, Ok axes ->
            let declared, _ = Sampling.draw rules sweep axes (Sampling.random 0UL) 200

            drawn
            @ (declared |> List.choose (Configuration.resolve rules >> Result.toOption))

    // Trials that a sampler which learns will propose later, in a space that is not exhausted yet.
    let private toPropose (sweep: Sweep) (configurations: Configurations) =
        match sweep.Sampler with
        | Sampler.Tpe(trials, _, startup) when configurations.Missing = 0 ->
            let wanted = max 1 (trials / sweep.Seeds.Length)
            (wanted - min startup wanted) * sweep.Seeds.Length
        | _ -> 0

    /// The trials of further configurations of a planned sweep, given as declared; impossible ones are left out.
    let extend (rules: Rules) (plan: Plan) (declared: ParameterSet list) : PlannedTrial list =
        let configurations =
            declared
            |> List.choose (Configuration.resolve rules >> Result.toOption)
            |> List.filter (fun configuration -> List.isEmpty (rules.Check configuration.Resolved))

        let names =
            varied
                plan.Sweep
                (configurations |> Seq.collect _.Active)
                ((plan.Trials |> List.map _.Parameters) @ (configurations |> List.map _.Resolved))

        // Each configuration with all its seeds, in the order in which they were proposed.
        configurations
        |> List.collect (fun configuration ->
            match fingerprints rules [ configuration ] with
            | Ok identified -> trials rules plan.Sweep names identified
            | Error _ -> [])

    /// The plan of a sweep, or every reason why there is none.
    let plan (rules: Rules) (sweep: Sweep) : Result<Plan, SweepProblem list> =
        match SweepCheck.problems rules sweep with
        | [] ->
            Configurations.ofSweep rules sweep
            |> Result.bind (fun configurations ->
                let distinct = configurations.Distinct

                let varied =
                    varied sweep (distinct |> Seq.collect _.Active) (distinct |> List.map _.Resolved)

                let sampled = sampled rules sweep distinct

                match
                    distinct,
                    idle rules sweep sampled
                    @ impossible rules varied distinct
                    @ SearchCheck.problems rules sweep sampled
                with
                | [], _ ->
                    Error [
                        problem
                            (Place.Section "exclude")
                            "nothing is left to train: every configuration is excluded"
                            "Exclude less."
                    ]
                | _, [] ->
                    fingerprints rules distinct
                    |> Result.map (fun identified -> {
                        Sweep = sweep
                        Trials = trials rules sweep varied identified
                        ToPropose = toPropose sweep configurations
                        Notes = Notes.ofConfigurations rules sweep configurations
                    })
                | _, problems -> Error problems)
        | problems -> Error problems
