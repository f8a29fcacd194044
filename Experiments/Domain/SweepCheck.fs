namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Contracts
open Orchestrator.Core.Data

/// What is wrong with a sweep as declared, before its configurations are looked at. Manifests and scripts pass through it.
[<RequireQualifiedAccess>]
module SweepCheck =

    let private problem place cause remedy = {
        Place = place
        Cause = cause
        Remedy = remedy
    }

    let private repeated items =
        items
        |> List.countBy id
        |> List.filter (fun (_, count) -> count > 1)
        |> List.map fst

    let private dataset rules (sweep: Sweep) =
        let name = DatasetSelection.Dataset.Name

        let varied =
            sweep.Axes |> List.exists (fun axis -> List.contains name axis.Parameters)

        if varied || sweep.Fixed.Contains name then
            []
        else
            let kind =
                Rules.parameter name rules
                |> Option.map _.KindPhrase
                |> Option.defaultValue "a data set"

            [
                problem
                    (Place.Section "dataset")
                    "the data set is missing"
                    $"Write dataset: {{name: NAME}}, where NAME is {kind}."
            ]

    let private objective rules (sweep: Sweep) =
        let place = Place.Section "objective.metric"
        let metric = sweep.Objective.Metric
        let quantity = metric.Substring(metric.IndexOf '/' + 1)

        let heldOut =
            SpaceCheck.possible rules sweep DatasetSelection.Validation.Name
            |> List.choose (function
                | :? ParameterValue.Integer as value -> Some value.Value
                | _ -> None)

        match Rules.metric metric rules with
        | None -> [
            problem place $"there is no metric '{metric}'" "Take a metric of the catalogue, such as val/elbo."
          ]
        | Some _ when metric.StartsWith "test/" && heldOut |> List.exists (fun count -> count > 0L) -> [
            problem
                place
                $"{metric} would choose by the test images, and the report could no longer be trusted"
                $"Write val/{quantity}; the test figures are reported beside it."
          ]
        | Some _ when metric.StartsWith "val/" && List.contains 0L heldOut -> [
            problem
                place
                $"{metric} needs validation images, and validation is 0"
                $"Hold out some with dataset: {{validation: 5000}}, or write train/{quantity}."
          ]
        | Some _ when sweep.Objective.Direction = MetricDirection.Neutral -> [
            problem
                place
                $"{metric} is neither better when it is higher nor when it is lower"
                "Write direction: maximize or minimize, or take another metric."
          ]
        | Some _ -> []

    let private seeds (sweep: Sweep) =
        match sweep.Seeds, repeated sweep.Seeds with
        | [], _ -> [
            problem (Place.Section "seeds") "there are no seeds" "Write at least one, such as seeds: [1]."
          ]
        | _, seed :: _ -> [
            problem (Place.Section "seeds") $"seed {seed} comes twice" "Remove one; a trial is trained once."
          ]
        | _ -> []

    let private epochs (sweep: Sweep) =
        let place = Place.Section "epochs"

        let sorted =
            sweep.Epochs
            |> List.distinct
            |> List.sort
            |> List.map string
            |> String.concat ", "

        match repeated sweep.Epochs with
        | _ when sweep.Epochs.IsEmpty -> [ problem place "there are no epochs" "Write epochs: 10, for example." ]
        | _ when sweep.Epochs |> List.exists (fun epoch -> epoch < 1) -> [
            problem place "a training has at least 1 epoch" "Write epochs of 1 or more."
          ]
        | epoch :: _ -> [ problem place $"epoch {epoch} comes twice" $"Write epochs: [{sorted}]." ]
        | [] when List.sort sweep.Epochs <> sweep.Epochs -> [
            problem place "the epochs do not ascend" $"Write epochs: [{sorted}]."
          ]
        | [] -> []

    let private search (sweep: Sweep) =
        let place = Place.Section "sampler"

        match sweep.Sampler with
        | Sampler.Tpe _ when sweep.Axes.IsEmpty -> [
            problem place "the sampler tpe has nothing to search: no parameter varies" "Vary one under parameters:."
          ]
        | Sampler.Random(trials, _)
        | Sampler.Sobol(trials, _)
        | Sampler.Tpe(trials, _, _) when trials < sweep.Seeds.Length -> [
            problem
                place
                $"{trials} trials cannot hold {sweep.Seeds.Length} seeds of one configuration"
                $"Write trials: {sweep.Seeds.Length} or more, or use fewer seeds."
          ]
        | _ -> []

    let private everyEpoch rules =
        rules.Metrics
        |> List.filter (fun metric -> metric.EveryEpoch && metric.Direction <> MetricDirection.Neutral)
        |> List.map _.Name
        |> String.concat ", "

    // A pruner compares trials before their end, by what is measured there.
    let private pruning rules (sweep: Sweep) =
        let place = Place.Section "pruner"
        let metric = sweep.Objective.Metric
        let last = if sweep.Epochs.IsEmpty then 1 else List.max sweep.Epochs

        let measured =
            match Rules.metric metric rules with
            | Some definition when not definition.EveryEpoch -> [
                problem
                    place
                    $"{metric} is measured at readings only, and a pruner compares trials after every epoch"
                    $"Optimize one of {everyEpoch rules}, or remove pruner."
              ]
            | _ -> []

        let first =
            match sweep.Pruner with
            | Pruner.Off -> 0
            | Pruner.Median(warmup, _, _) -> warmup + 1
            | Pruner.SuccessiveHalving(_, minimum) -> minimum

        match sweep.Pruner with
        | Pruner.Off -> []
        | _ when first >= last ->
            problem
                place
                $"this prunes nothing: trials are first compared after epoch {first}, and they end at epoch {last}"
                "Compare earlier (warmup or minimum), or train for more epochs."
            :: measured
        | _ -> measured

    let private names (sweep: Sweep) = [
        for cause in Option.toList (Names.sweep sweep.Name) do
            yield
                problem
                    (Place.Section "sweep")
                    $"'{sweep.Name}' cannot name a sweep: {cause}"
                    "Take a name such as fashion-beta-latent."
        for cause in Option.toList (Names.report sweep.ReportFile) do
            yield
                problem
                    (Place.Section "report.file")
                    $"'{sweep.ReportFile}' cannot be the report's file name: {cause}"
                    "Take a name such as report.html."
        if not (Names.isDeviceKind sweep.Resources.Device) then
            yield
                problem
                    (Place.Section "resources.device")
                    $"there is no device '{sweep.Resources.Device}'"
                    "Take auto, cpu, cuda or cuda:0 (1, 2 ...)."
    ]

    /// Everything that is wrong with the declaration.
    let problems (rules: Rules) (sweep: Sweep) : SweepProblem list = [
        yield! names sweep
        yield! dataset rules sweep
        yield! SpaceCheck.problems rules sweep
        yield! objective rules sweep
        yield! seeds sweep
        yield! epochs sweep
        yield! search sweep
        yield! pruning rules sweep
    ]
