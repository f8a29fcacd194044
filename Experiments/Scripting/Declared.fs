namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// From a script's declarations to the domain's sweep.
[<RequireQualifiedAccess>]
module Declared =

    let private saidTwice wording names =
        names
        |> List.countBy id
        |> List.filter (fun (_, count) -> count > 1)
        |> List.map wording

    let private fixedTwice (name, count) =
        Problem($"parameter {name}", $"it is fixed {count} times", "Fix it once; to try several values, vary it.")

    let private setTwice (name, count) =
        Problem(name, $"it is said {count} times", $"Say '{name}' once.")

    let private axis conditional =
        Assignment.points conditional.Assignment
        |> Result.map (fun points -> {
            Parameters = Assignment.parameters conditional.Assignment |> List.map _.Name
            Points = points
            When =
                if conditional.When.Count = 0 then
                    None
                else
                    Some conditional.When
        })

    /// What is the same in every configuration; a condition makes an axis even of one value.
    let private alwaysFixed conditional =
        match conditional.Assignment with
        | Assignment.Fix(definition, value) when conditional.When.Count = 0 -> Some(definition.Name, value)
        | _ -> None

    let private problemsOf result =
        match result with
        | Ok _ -> []
        | Error problems -> problems

    /// The sweep that the declarations describe, or all that contradicts itself in them. Whether the values are
    /// allowed is not looked at here: a script's sweep passes the same validation as a manifest's.
    let sweep name (declarations: Declaration list) : Result<Sweep, Problem list> =
        let conditionals =
            declarations
            |> List.choose (function
                | Declaration.Assign conditional -> Some conditional
                | _ -> None)

        let fixedPairs = conditionals |> List.choose alwaysFixed

        let axes =
            conditionals |> List.filter (alwaysFixed >> Option.isNone) |> List.map axis

        let excluded =
            declarations
            |> List.choose (function
                | Declaration.Exclude parts -> Some(Assignment.product parts)
                | _ -> None)

        let included =
            declarations
            |> List.choose (function
                | Declaration.Include parts -> Some(Assignment.product parts)
                | _ -> None)

        let settings =
            declarations
            |> List.choose (function
                | Declaration.Set setting -> Some setting
                | _ -> None)

        let problems =
            List.concat [
                fixedPairs |> List.map fst |> saidTwice fixedTwice
                settings |> List.map _.Name |> saidTwice setTwice
                axes |> List.collect problemsOf
                excluded |> List.collect problemsOf
                included |> List.collect problemsOf
            ]

        let found results = results |> List.choose Result.toOption

        let space = {
            Defaults.sweep name with
                Fixed =
                    fixedPairs
                    |> List.map System.Collections.Generic.KeyValuePair
                    |> ParameterSet.Of
                Axes = found axes
                Exclude = excluded |> found |> List.concat
                Include = included |> found |> List.concat
        }

        if problems.IsEmpty then
            Ok(settings |> List.fold (fun sweep setting -> setting.Apply sweep) space)
        else
            Error problems
