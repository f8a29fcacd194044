namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Contracts

/// What is wrong with the space of configurations that a sweep declares: its values, axes, conditions and exclusions.
[<RequireQualifiedAccess>]
module SpaceCheck =

    let private problem place cause remedy = {
        Place = place
        Cause = cause
        Remedy = remedy
    }

    let private labelOf (axis: Axis) =
        axis.Parameters |> List.tryHead |> Option.defaultValue "parameters"

    let private repeated items =
        items
        |> List.countBy id
        |> List.filter (fun (_, count) -> count > 1)
        |> List.map fst

    /// Every value that a parameter can have in the grid, the default included where nothing assigns one.
    let possible rules (sweep: Sweep) name =
        let varied =
            sweep.Axes
            |> List.collect (fun axis -> axis.Points |> List.choose (fun point -> Option.ofObj (point.Find name)))

        let unconditional =
            sweep.Axes
            |> List.exists (fun axis -> axis.When.IsNone && List.contains name axis.Parameters)

        if unconditional then
            varied
        else
            varied @ Option.toList (Rules.value name sweep.Fixed rules)

    let private values rules sweep =
        let check place (pair: System.Collections.Generic.KeyValuePair<string, ParameterValue>) =
            match Rules.parameter pair.Key rules with
            | None -> Some(problem place $"there is no parameter '{pair.Key}'" "Take a parameter of the catalogue.")
            | Some definition ->
                definition.Check pair.Value
                |> Option.ofObj
                |> Option.map (fun cause ->
                    problem place $"{pair.Key}: {cause}" $"Take {definition.KindPhrase} within the bounds.")

        let assignment place (set: ParameterSet) =
            set |> Seq.choose (check place) |> List.ofSeq

        let axis axis =
            let points =
                axis.Points
                |> Seq.concat
                |> Seq.distinctBy (fun pair -> pair.Value)
                |> Seq.choose (fun pair -> check (Place.Value(pair.Key, pair.Value)) pair)

            let condition =
                axis.When
                |> Option.map (assignment (Place.Condition(labelOf axis)))
                |> Option.defaultValue []

            List.ofSeq points @ condition

        [
            yield! sweep.Fixed |> Seq.choose (fun pair -> check (Place.Fixed pair.Key) pair)
            yield! sweep.Axes |> List.collect axis
            yield!
                sweep.Exclude
                |> List.mapi (fun index set -> assignment (Place.Exclusion index) set)
                |> List.concat
            yield!
                sweep.Include
                |> List.mapi (fun index set -> assignment (Place.Inclusion index) set)
                |> List.concat
        ]

    let private axisItself (axis: Axis) =
        let label = labelOf axis

        let duplicate (point: ParameterSet) =
            let place =
                match List.ofSeq point with
                | [ pair ] -> Place.Value(pair.Key, pair.Value)
                | _ -> Place.Parameter label

            problem
                place
                $"{Numerals.assignment point} comes twice on one axis"
                "Remove one of them; replicates are made by seeds."

        if axis.Points.IsEmpty then
            [
                problem
                    (Place.Parameter label)
                    $"{label} varies over no values"
                    "Give it at least one value, or remove it."
            ]
        else
            axis.Points |> repeated |> List.map duplicate

    // Two axes of one parameter never meet when their conditions contradict each other.
    let private contradict left right =
        match left.When, right.When with
        | Some left, Some right ->
            left
            |> Seq.exists (fun pair ->
                match Option.ofObj (right.Find pair.Key) with
                | Some value -> value <> pair.Value
                | None -> false)
        | _ -> false

    let private givenTwice (sweep: Sweep) =
        let variedTwice =
            List.allPairs (List.indexed sweep.Axes) (List.indexed sweep.Axes)
            |> List.collect (fun ((first, left), (second, right)) ->
                if first < second && not (contradict left right) then
                    left.Parameters |> List.filter (fun name -> List.contains name right.Parameters)
                else
                    [])
            |> List.distinct

        let fixedToo =
            sweep.Axes
            |> List.collect _.Parameters
            |> List.distinct
            |> List.filter sweep.Fixed.Contains

        [
            for name in variedTwice ->
                problem
                    (Place.Parameter name)
                    $"{name} is varied twice"
                    "Keep one axis, or give the two conditions (when) that exclude each other."
            for name in fixedToo ->
                problem (Place.Fixed name) $"{name} is fixed here and varied under parameters" "Keep one of the two."
        ]

    let private conditions rules (sweep: Sweep) =
        let check (axis: Axis) (condition: ParameterSet) =
            let place = Place.Condition(labelOf axis)

            condition
            |> Seq.choose (fun pair ->
                if List.contains pair.Key axis.Parameters then
                    Some(
                        problem
                            place
                            $"the condition of {labelOf axis} is about {pair.Key}, which this axis itself varies"
                            "Make the condition about another parameter."
                    )
                elif
                    Rules.parameter pair.Key rules |> Option.isSome
                    && not (List.contains pair.Value (possible rules sweep pair.Key))
                then
                    Some(
                        problem
                            place
                            $"{pair.Key} is never {Numerals.parameter pair.Value} in this sweep, so {labelOf axis} would never vary"
                            $"Add that value to {pair.Key}, or change the condition."
                    )
                else
                    None)
            |> List.ofSeq

        sweep.Axes
        |> List.collect (fun axis -> axis.When |> Option.map (check axis) |> Option.defaultValue [])

    let private exclusions rules (sweep: Sweep) =
        let check index (exclusion: ParameterSet) =
            exclusion
            |> Seq.tryFind (fun pair ->
                Rules.parameter pair.Key rules |> Option.isSome
                && not (List.contains pair.Value (possible rules sweep pair.Key)))
            |> Option.map (fun pair ->
                problem
                    (Place.Exclusion index)
                    $"this excludes nothing: {pair.Key} is never {Numerals.parameter pair.Value} in the grid"
                    "Correct the value, or remove the exclusion.")

        sweep.Exclude |> List.mapi check |> List.choose id

    /// Everything that is wrong with the space.
    let problems (rules: Rules) (sweep: Sweep) : SweepProblem list = [
        yield! values rules sweep
        yield! sweep.Axes |> List.collect axisItself
        yield! givenTwice sweep
        yield! conditions rules sweep
        yield! exclusions rules sweep
    ]
