namespace Orchestrator.Experiments.Domain

/// The epochs after which successive halving compares trials.
[<RequireQualifiedAccess>]
module Rungs =

    /// minimum, minimum * reduction, minimum * reduction^2 ... before the budget.
    let below (budget: int) (reduction: int) (minimum: int) : int list =
        int64 minimum
        |> List.unfold (fun rung ->
            if rung < int64 budget then
                Some(int rung, rung * int64 reduction)
            else
                None)
