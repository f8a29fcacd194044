namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// What a script says of a sweep as a whole.
type Setting = {
    /// The word it is said with; each may be said once.
    Name: string
    Apply: Sweep -> Sweep
}

/// An assignment that holds under a condition; the empty condition always holds.
type Conditional = {
    When: ParameterSet
    Assignment: Assignment
}

/// One declaration in a sweep's braces.
[<RequireQualifiedAccess>]
type Declaration =
    | Assign of Conditional
    | Exclude of Assignment list
    | Include of Assignment list
    | Set of Setting
