namespace Orchestrator.Experiments.Plan

open Orchestrator.Experiments.Domain

/// What people should know about a plan before they start it.
[<RequireQualifiedAccess>]
module Notes =

    let private removed configurations = [
        if configurations.Excluded > 0 then
            $"""{Numerals.counted configurations.Excluded "configuration"} left out by exclude."""
        if configurations.Repeated > 0 then
            $"""{Numerals.counted configurations.Repeated "configuration"} removed as a repetition of another: they differ only in parameters that they do not read, or stand under include as well."""
        if configurations.Missing > 0 then
            $"""The sampler found {Numerals.counted configurations.Missing "configuration"} fewer than asked for: the space holds no more that differ."""
    ]

    // 10, 20 and 50 epochs as readings of one training are 50 epochs, not 80.
    let private readings (sweep: Sweep) trials =
        let readings = sweep.Epochs |> List.map string |> String.concat ", "
        let saved = bigint (List.sum sweep.Epochs - List.last sweep.Epochs)
        let total = bigint (List.last sweep.Epochs)

        $"Epochs {readings} are readings of one training: {Numerals.count total} epochs a trial, not {Numerals.count (total + saved)}; "
        + $"{Numerals.count (saved * bigint (trials: int))} epochs saved in all."

    let private epochs (rules: Rules) (sweep: Sweep) configurations =
        let reasons =
            configurations.Distinct
            |> List.map (fun configuration -> rules.BudgetDependence configuration.Resolved)

        let free = reasons |> List.filter Option.isNone |> List.length

        [
            if sweep.Epochs.Length > 1 && free > 0 then
                readings sweep (free * sweep.Seeds.Length)

            for reason, group in reasons |> List.choose id |> List.countBy id do
                let consequence =
                    if sweep.Epochs.Length > 1 then
                        "so each of the epochs is a training of its own"
                    else
                        "so the epochs are part of what a trial is, and asking for more of them trains anew"

                $"""In {Numerals.counted group "configuration"} results depend on the total of epochs ({reason}), {consequence}."""
        ]

    let private replicates (sweep: Sweep) configurations = [
        if sweep.Seeds.Length = 1 && configurations.Distinct.Length > 1 then
            "One seed for each configuration: differences cannot be told from chance. Ask for three or more with seeds."
    ]

    // Which trials these will be depends on results.
    let private proposals (sweep: Sweep) configurations =
        match sweep.Sampler with
        | Sampler.Tpe(trials, _, startup) when configurations.Missing = 0 ->
            let wanted = max 1 (trials / sweep.Seeds.Length)
            let first = min wanted startup

            [
                if wanted > first then
                    $"""The sampler tpe begins with {Numerals.counted first "configuration"} spread evenly; {Numerals.counted (wanted - first) "configuration"} more will be proposed as results arrive, where results were good."""
            ]
        | _ -> []

    let private pruning (sweep: Sweep) =
        let last = List.last sweep.Epochs

        match sweep.Pruner with
        | Pruner.Off -> []
        | Pruner.Median(warmup, trials, interval) ->
            let often = if interval = 1 then "epoch" else $"{interval} epochs"

            [
                $"From epoch {warmup + 1} on, every {often}, a trial is stopped when its best {sweep.Objective.Metric} so far is worse than the median of the others at that epoch, where {trials} or more have come that far."
            ]
        | Pruner.SuccessiveHalving(reduction, minimum) ->
            let rungs =
                Rungs.below last reduction minimum |> List.map string |> String.concat ", "

            [
                $"After epochs {rungs}, one trial in {reduction} goes on: the best of those that have come that far. The others stop with a checkpoint, and go on when they move up among later ones."
            ]

    /// The notes of a plan.
    let ofConfigurations rules sweep configurations =
        removed configurations
        @ epochs rules sweep configurations
        @ proposals sweep configurations
        @ pruning sweep
        @ replicates sweep configurations
