namespace Orchestrator.Experiments.Domain

open Orchestrator.Core.Contracts

/// The part of a sweep that a problem concerns, whether a manifest or a script declared it.
[<RequireQualifiedAccess>]
type Place =
    /// A part by its name in a manifest: seeds, epochs, objective ...
    | Section of string
    /// Where a parameter is given, fixed or varied.
    | Parameter of string
    /// Where a parameter is fixed.
    | Fixed of string
    /// Where a value of a parameter is given.
    | Value of parameter: string * value: ParameterValue
    /// The condition of the axis of a parameter.
    | Condition of parameter: string
    /// The exclusion of this index, from 0.
    | Exclusion of int
    /// The inclusion of this index, from 0.
    | Inclusion of int

/// A problem of a declared sweep that its author can mend.
type SweepProblem = {
    Place: Place
    Cause: string
    Remedy: string
}

[<RequireQualifiedAccess>]
module SweepProblem =

    /// The place in words, for a sweep that no file declares.
    let placeInWords place =
        match place with
        | Place.Section name -> name
        | Place.Parameter name
        | Place.Fixed name -> $"parameter {name}"
        | Place.Value(name, value) -> $"parameter {name} = {value}"
        | Place.Condition name -> $"condition of parameter {name}"
        | Place.Exclusion index -> $"exclusion {index + 1}"
        | Place.Inclusion index -> $"inclusion {index + 1}"

    /// The problem as the core's and the command line's own.
    let toProblem problem =
        Problem(placeInWords problem.Place, problem.Cause, problem.Remedy)
