namespace Orchestrator.Experiments.Domain

open System
open System.Globalization

/// Numbers spread over an interval, both ends included.
[<RequireQualifiedAccess>]
module Spacing =

    /// Twelve significant digits: 0.1 + 0.2 is 0.3, and the third of four steps from 0.5 to 4 is 2.
    let private tidy (value: float) =
        Double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)

    let private spread first last count between =
        List.init count (fun index ->
            if index = 0 then first
            elif index = count - 1 then last
            else tidy (between (float index / float (count - 1))))

    /// Evenly spaced numbers.
    let linear first last count =
        spread first last count (fun part -> first + part * (last - first))

    /// Numbers of constant ratio; both ends are positive.
    let geometric first last count =
        spread first last count (fun part -> first * Math.Pow(last / first, part))

    /// How many steps fit between two numbers, the last number included when a step meets it.
    let steps (first: float) (last: float) (step: float) =
        Math.Floor((last - first) / step + 1e-9)

    /// first, first + step, ... up to and including last when a step meets it.
    let range first last step =
        List.init (int (steps first last step) + 1) (fun index -> tidy (first + float index * step))
