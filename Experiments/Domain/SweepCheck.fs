namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts

/// What is wrong with a sweep as declared, before its configurations are looked at. Manifests and scripts pass through it.
[<RequireQualifiedAccess>]
module SweepCheck =

    let private problem place cause remedy = {
        Place = place
        Cause = cause
        Remedy = remedy
    }

    let private labelOf (axis: Axis) =
        axis.Parameters |> List.tryHead |> Option.defaultValue "parameters"

    let private repeated items =
        items |> List.countBy id |> List.filter (fun (_, count) -> count > 1) |> List.map fst

    // Every value that a parameter can have in the grid, the default included where nothing assigns one.
    let private possible rules (sweep: Sweep) name =
        let varied =
            sweep.Axes |> List.collect (fun axis -> axis.Points |> List.choose (fun point -> Option.ofObj (point.Find name)))

        let unconditional = sweep.Axes |> List.exists (fun axis -> axis.When.IsNone && List.contains name axis.Parameters)

        if unconditional then varied else varied @ Option.toList (Rules.value name sweep.Fixed rules)

    let private values rules sweep =
        let check place (pair: System.Collections.Generic.KeyValuePair<string, ParameterValue>) =
            match Rules.parameter pair.Key rules with
            | None -> Some(problem place $"there is no parameter '{pair.Key}'" "Take a parameter of the catalogue.")
            | Some definition ->
                definition.Check pair.Value
                |> Option.ofObj
                |> Option.map (fun cause -> problem place $"{pair.Key}: {cause}" $"Take {definition.KindPhrase} within the bounds.")

        let assignment place (set: ParameterSet) = set |> Seq.choose (check place) |> List.ofSeq

        let axis axis =
            let points =
                axis.Points
                |> Seq.concat
                |> Seq.distinctBy (fun pair -> pair.Value)
                |> Seq.choose (fun pair -> check (Place.Value(pair.Key, pair.Value)) pair)

            let condition = axis.When |> Option.map (assignment (Place.Condition(labelOf axis))) |> Option.defaultValue []
            List.ofSeq points @ condition

        [
            yield! sweep.Fixed |> Seq.choose (fun pair -> check (Place.Fixed pair.Key) pair)
            yield! sweep.Axes |> List.collect axis
            yield! sweep.Exclude |> List.mapi (fun index set -> assignment (Place.Exclusion index) set) |> List.concat
            yield! sweep.Include |> List.mapi (fun index set -> assignment (Place.Inclusion index) set) |> List.concat
        ]

    let private axisItself (axis: Axis) =
        let label = labelOf axis

        let duplicate (point: ParameterSet) =
            let place =
                match List.ofSeq point with
                | [ pair ] -> Place.Value(pair.Key, pair.Value)
                | _ -> Place.Parameter label

            problem place $"{Numerals.assignment point} comes twice on one axis" "Remove one of them; replicates are made by seeds."

        if axis.Points.IsEmpty then
            [ problem (Place.Parameter label) $"{label} varies over no values" "Give it at least one value, or remove it." ]
        else
            axis.Points |> repeated |> List.map duplicate

    // Two axes of one parameter never meet when their conditions contradict each other.
    let private contradict left right =
        match left.When, right.When with
        | Some left, Some right ->
            left |> Seq.exists (fun pair ->
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
            sweep.Axes |> List.collect _.Parameters |> List.distinct |> List.filter sweep.Fixed.Contains

        [
            for name in variedTwice ->
                problem (Place.Parameter name) $"{name} is varied twice" "Keep one axis, or give the two conditions (when) that exclude each other."
            for name in fixedToo -> problem (Place.Fixed name) $"{name} is fixed here and varied under parameters" "Keep one of the two."
        ]

    let private conditions rules (sweep: Sweep) =
        let check (axis: Axis) (condition: ParameterSet) =
            let place = Place.Condition(labelOf axis)

            condition
            |> Seq.choose (fun pair ->
                if List.contains pair.Key axis.Parameters then
                    Some(problem place $"the condition of {labelOf axis} is about {pair.Key}, which this axis itself varies" "Make the condition about another parameter.")
                elif Rules.parameter pair.Key rules |> Option.isSome && not (List.contains pair.Value (possible rules sweep pair.Key)) then
                    Some(problem place $"{pair.Key} is never {Numerals.parameter pair.Value} in this sweep, so {labelOf axis} would never vary" $"Add that value to {pair.Key}, or change the condition.")
                else
                    None)
            |> List.ofSeq

        sweep.Axes |> List.collect (fun axis -> axis.When |> Option.map (check axis) |> Option.defaultValue [])

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

    let private dataset rules (sweep: Sweep) =
        let name = Parameters.Dataset.Name
        let varied = sweep.Axes |> List.exists (fun axis -> List.contains name axis.Parameters)

        if varied || sweep.Fixed.Contains name then
            []
        else
            let kind = Rules.parameter name rules |> Option.map _.KindPhrase |> Option.defaultValue "a data set"
            [ problem (Place.Section "dataset") "the data set is missing" $"Write dataset: {{name: NAME}}, where NAME is {kind}." ]

    let private objective rules (sweep: Sweep) =
        let place = Place.Section "objective.metric"
        let metric = sweep.Objective.Metric
        let quantity = metric.Substring(metric.IndexOf '/' + 1)

        let heldOut =
            possible rules sweep Parameters.Validation.Name
            |> List.choose (function
                | :? ParameterValue.Integer as value -> Some value.Value
                | _ -> None)

        match Rules.metric metric rules with
        | None -> [ problem place $"there is no metric '{metric}'" "Take a metric of the catalogue, such as val/elbo." ]
        | Some _ when metric.StartsWith "test/" && heldOut |> List.exists (fun count -> count > 0L) -> [
            problem place $"{metric} would choose by the test images, and the report could no longer be trusted" $"Write val/{quantity}; the test figures are reported beside it."
          ]
        | Some _ when metric.StartsWith "val/" && List.contains 0L heldOut -> [
            problem place $"{metric} needs validation images, and validation is 0" $"Hold out some with dataset: {{validation: 5000}}, or write train/{quantity}."
          ]
        | Some _ when sweep.Objective.Direction = MetricDirection.Neutral -> [
            problem place $"{metric} is neither better when it is higher nor when it is lower" "Write direction: maximize or minimize, or take another metric."
          ]
        | Some _ -> []

    let private seeds (sweep: Sweep) =
        match sweep.Seeds, repeated sweep.Seeds with
        | [], _ -> [ problem (Place.Section "seeds") "there are no seeds" "Write at least one, such as seeds: [1]." ]
        | _, seed :: _ -> [ problem (Place.Section "seeds") $"seed {seed} comes twice" "Remove one; a trial is trained once." ]
        | _ -> []

    let private epochs (sweep: Sweep) =
        let place = Place.Section "epochs"
        let sorted = sweep.Epochs |> List.distinct |> List.sort |> List.map string |> String.concat ", "

        match repeated sweep.Epochs with
        | _ when sweep.Epochs.IsEmpty -> [ problem place "there are no epochs" "Write epochs: 10, for example." ]
        | _ when sweep.Epochs |> List.exists (fun epoch -> epoch < 1) -> [ problem place "a training has at least 1 epoch" "Write epochs of 1 or more." ]
        | epoch :: _ -> [ problem place $"epoch {epoch} comes twice" $"Write epochs: [{sorted}]." ]
        | [] when List.sort sweep.Epochs <> sweep.Epochs -> [ problem place "the epochs do not ascend" $"Write epochs: [{sorted}]." ]
        | [] -> []

    let private search (sweep: Sweep) =
        let place = Place.Section "sampler"

        match sweep.Sampler with
        | Sampler.Tpe _ -> [ problem place "the sampler tpe needs results, and is not part of this version" "Write random or sobol." ]
        | Sampler.Random(trials, _)
        | Sampler.Sobol(trials, _) when trials < sweep.Seeds.Length -> [
            problem place $"{trials} trials cannot hold {sweep.Seeds.Length} seeds of one configuration" $"Write trials: {sweep.Seeds.Length} or more, or use fewer seeds."
          ]
        | _ -> []

    let private pruning (sweep: Sweep) =
        if sweep.Pruner = Pruner.Off then
            []
        else
            [ problem (Place.Section "pruner") "stopping hopeless trials is not part of this version" "Remove pruner." ]

    let private names (sweep: Sweep) = [
        for cause in Option.toList (Names.sweep sweep.Name) do
            yield problem (Place.Section "sweep") $"'{sweep.Name}' cannot name a sweep: {cause}" "Take a name such as fashion-beta-latent."
        for cause in Option.toList (Names.report sweep.ReportFile) do
            yield problem (Place.Section "report.file") $"'{sweep.ReportFile}' cannot be the report's file name: {cause}" "Take a name such as report.html."
        if not (Names.isDeviceKind sweep.Resources.Device) then
            yield problem (Place.Section "resources.device") $"there is no device '{sweep.Resources.Device}'" "Take auto, cpu, cuda or cuda:0 (1, 2 ...)."
    ]

    /// Everything that is wrong with the declaration.
    let problems (rules: Rules) (sweep: Sweep) : SweepProblem list = [
        yield! names sweep
        yield! dataset rules sweep
        yield! values rules sweep
        yield! sweep.Axes |> List.collect axisItself
        yield! givenTwice sweep
        yield! conditions rules sweep
        yield! exclusions rules sweep
        yield! objective rules sweep
        yield! seeds sweep
        yield! epochs sweep
        yield! search sweep
        yield! pruning sweep
    ]
