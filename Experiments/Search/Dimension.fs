namespace Orchestrator.Experiments.Search

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// An axis as an estimator of densities sees it: points that lie near or far from each other, or are only different.
type Dimension = {
    Points: int
    /// Where the points lie between 0 and 1; None where they have no order.
    Places: float array option
}

[<RequireQualifiedAccess>]
module Dimension =

    let private number (value: ParameterValue) =
        match value with
        | :? ParameterValue.Integer as whole -> Some(float whole.Value)
        | :? ParameterValue.Real as real -> Some real.Value
        | _ -> None

    // The spread of the gaps beside their mean: 0 for even spacing.
    let private unevenness (values: float list) =
        let gaps =
            values |> List.sort |> List.pairwise |> List.map (fun (low, high) -> high - low)

        let mean = List.average gaps
        (gaps |> List.sumBy (fun gap -> (gap - mean) ** 2.0)) / (mean * mean)

    // 1e-4, 3e-4, 1e-3 are evenly spaced in their logarithms, 10, 20, 30 as they are.
    let private scaled (values: float list) =
        let logs = values |> List.map Math.Log

        if
            values.Length > 2
            && List.forall (fun value -> value > 0.0) values
            && unevenness logs < unevenness values
        then
            logs
        else
            values

    let private places (values: float list) =
        let low, high = List.min values, List.max values

        if high > low then
            values |> List.map (fun value -> (value - low) / (high - low)) |> Array.ofList
        else
            Array.create values.Length 0.0

    /// The dimension of an axis. Parameters that move together have no order of their own.
    let ofAxis (axis: Axis) : Dimension =
        let numbers =
            match axis.Parameters with
            | [ name ] ->
                axis.Points
                |> List.choose (fun point -> Option.ofObj (point.Find name) |> Option.bind number)
            | _ -> []

        {
            Points = axis.Points.Length
            Places =
                if numbers.Length = axis.Points.Length then
                    Some(places (scaled numbers))
                else
                    None
        }
