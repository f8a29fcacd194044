namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Contracts

/// What a script says of parameters: one value, or several to choose from.
[<RequireQualifiedAccess>]
type Assignment =
    /// One value.
    | Fix of ParameterDefinition * ParameterValue
    /// Each of these values.
    | Vary of ParameterDefinition * ParameterValue list
    /// Value by value together, as a zip does; one value serves for all.
    | Lockstep of Assignment list
    /// The points of one or of another; what an alternative leaves unsaid has its default there.
    | Either of Assignment list

/// The points that an assignment spans.
[<RequireQualifiedAccess>]
module Assignment =

    /// The parameters assigned, in the order of their first mention.
    let rec parameters assignment =
        match assignment with
        | Assignment.Fix(definition, _)
        | Assignment.Vary(definition, _) -> [ definition ]
        | Assignment.Lockstep parts
        | Assignment.Either parts -> parts |> List.collect parameters |> List.distinctBy _.Name

    let private assigned (definition: ParameterDefinition) value =
        ParameterSet.Empty.With(definition.Name, value)

    /// Two sets as one; the second's values win.
    let internal merge (first: ParameterSet) (second: ParameterSet) =
        ParameterSet.Of(Seq.append first second)

    let private zip (parts: (ParameterSet list * string) list) =
        let lengths =
            parts
            |> List.map (fun (points, _) -> points.Length)
            |> List.filter (fun n -> n <> 1)
            |> List.distinct

        match lengths with
        | []
        | [ _ ] ->
            let length = List.tryHead lengths |> Option.defaultValue 1

            let stretched =
                parts
                |> List.map (fun (points, _) ->
                    if points.Length = 1 then
                        List.replicate length points.Head
                    else
                        points)

            Ok [
                for row in List.transpose stretched -> List.fold merge ParameterSet.Empty row
            ]
        | _ ->
            let counts =
                parts
                |> List.map (fun (points, name) -> $"{name} {points.Length}")
                |> String.concat ", "

            Error [
                Problem(
                    parts |> List.map snd |> String.concat ", ",
                    $"in lockstep each needs as many values as the others, but they have {counts}",
                    "Give the lists the same length, or one value that serves for all."
                )
            ]

    let private complete (all: ParameterDefinition list) (point: ParameterSet) =
        let add (set: ParameterSet, missing) (definition: ParameterDefinition) =
            match set.Contains definition.Name, Option.ofObj definition.DefaultValue with
            | true, _ -> set, missing
            | false, Some standard -> set.With(definition.Name, standard), missing
            | false, None -> set, definition.Name :: missing

        match List.fold add (point, []) all with
        | whole, [] -> Ok whole
        | _, missing ->
            Error [
                for name in missing ->
                    Problem(
                        name,
                        "one alternative of 'either' gives it a value, another does not, and it has no default",
                        $"Give {name} a value in every alternative."
                    )
            ]

    let private accumulate results =
        let problems =
            results
            |> List.collect (function
                | Ok _ -> []
                | Error problems -> problems)

        if problems.IsEmpty then
            Ok(
                results
                |> List.collect (function
                    | Ok value -> [ value ]
                    | Error _ -> [])
            )
        else
            Error(List.distinct problems)

    /// The points that an assignment spans, in the order in which they are written.
    let rec points assignment : Result<ParameterSet list, Problem list> =
        match assignment with
        | Assignment.Fix(definition, value) -> Ok [ assigned definition value ]
        | Assignment.Vary(definition, values) -> Ok(List.map (assigned definition) values)
        | Assignment.Lockstep parts ->
            let title part =
                parameters part |> List.map _.Name |> String.concat "+"

            parts
            |> List.map (fun part -> points part |> Result.map (fun found -> found, title part))
            |> accumulate
            |> Result.bind zip
        | Assignment.Either parts ->
            parts
            |> List.map points
            |> accumulate
            |> Result.bind (fun alternatives ->
                alternatives
                |> List.concat
                |> List.map (complete (parameters assignment))
                |> accumulate)

    /// The points of the product of several assignments.
    let product assignments =
        assignments
        |> List.map points
        |> accumulate
        |> Result.map (
            List.fold (fun sofar next -> List.allPairs sofar next |> List.map (fun (a, b) -> merge a b)) [
                ParameterSet.Empty
            ]
        )
