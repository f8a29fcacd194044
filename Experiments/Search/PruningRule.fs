namespace Orchestrator.Experiments.Search

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// What a trial was compared with after an epoch, and whether it goes on.
type PruningVerdict = {
    GoesOn: bool
    /// The trial's own figure: its best so far for the median, that of the epoch for successive halving.
    Value: float
    /// What it had to reach, where there was enough to compare with.
    Bound: float option
    /// Trials with a figure at the epoch, the trial itself not counted.
    Compared: int
}

/// When a trial is hopeless. Pure: the same figures give the same verdict.
[<RequireQualifiedAccess>]
module PruningRule =

    /// Whether trials are compared after this epoch. After the last one there is nothing to save.
    let isDue pruner (budget: int) (epoch: int) =
        match pruner with
        | Pruner.Off -> false
        | Pruner.Median(warmup, _, interval) -> epoch > warmup && epoch < budget && (epoch - warmup - 1) % interval = 0
        | Pruner.SuccessiveHalving(reduction, minimum) -> List.contains epoch (Rungs.below budget reduction minimum)

    /// Less is better, whatever the direction.
    let cost direction (value: float) =
        match direction with
        | MetricDirection.Minimize -> value
        | _ -> -value

    let private middle (values: float list) =
        let sorted = values |> List.sort |> Array.ofList
        let half = sorted.Length / 2

        if sorted.Length % 2 = 1 then
            sorted[half]
        else
            (sorted[half - 1] + sorted[half]) / 2.0

    /// The median stopping rule (Golovin et al. 2017, as Optuna's MedianPruner has it): a trial goes on unless its best
    /// figure so far is worse than the median of the others' figures at the same epoch.
    let median direction (atLeast: int) (best: float) (others: float list) : PruningVerdict =
        if others.Length < atLeast then
            {
                GoesOn = true
                Value = best
                Bound = None
                Compared = others.Length
            }
        else
            let bound = middle others

            {
                GoesOn = cost direction best <= cost direction bound
                Value = best
                Bound = Some bound
                Compared = others.Length
            }

    /// How many of the trials at a rung go on: one in reduction (Li et al. 2020), and the best one at least once every
    /// trial that will come has come, so that a small sweep has a winner.
    let places (reduction: int) (expected: int) (arrived: int) =
        match arrived / reduction with
        | 0 when arrived > 0 && arrived >= max 1 expected -> 1
        | places -> places

    /// Asynchronous successive halving (Li et al. 2020): the figures at a rung with the trials' places in the plan, in the
    /// order in which they go on. Of equal figures the trial that was planned first is better.
    let ranked direction (figures: ('Trial * int * float) list) =
        figures
        |> List.sortBy (fun (_, position, value) -> cost direction value, position)

    /// The verdict on one of the trials at a rung.
    let halving direction places (trial: 'Trial) (figures: ('Trial * int * float) list) : PruningVerdict =
        let order = ranked direction figures
        let index = order |> List.findIndex (fun (other, _, _) -> other = trial)
        let _, _, value = order[index]

        {
            GoesOn = index < places
            Value = value
            Bound = order |> List.tryItem (places - 1) |> Option.map (fun (_, _, bound) -> bound)
            Compared = figures.Length - 1
        }

    let private number (value: float) =
        FormattableString.Invariant $"{value:G6}"

    /// Why a trial was stopped, in a sentence.
    let explain pruner metric epoch (verdict: PruningVerdict) =
        let bound =
            verdict.Bound |> Option.map number |> Option.defaultValue "any figure yet"

        match pruner with
        | Pruner.SuccessiveHalving _ ->
            let among =
                match verdict.Bound with
                | Some _ -> $"is behind {bound}, the last that goes on of the {verdict.Compared + 1} at this rung"
                | None -> $"waits for more trials: {verdict.Compared + 1} at this rung are too few for one to go on"

            $"stopped at epoch {epoch}: {metric} {number verdict.Value} {among}"
        | _ ->
            $"stopped at epoch {epoch}: {metric} {number verdict.Value}, the best so far, is worse than {bound}, the median of {verdict.Compared} trials at this epoch"
