namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

// Every line in the braces is an ordinary value that is collected in order: ordinary `if`, `for` and `match` work
// between the lines, and what does not belong into the braces does not compile.

/// Collects what lies in the braces.
type CollectingBuilder<'Item>() =
    member _.Zero() : 'Item list = []
    member _.Combine(first: 'Item list, rest: 'Item list) = first @ rest
    member _.Delay(body: unit -> 'Item list) = body ()

    member _.For(values: seq<'T>, body: 'T -> 'Item list) =
        values |> Seq.toList |> List.collect body

/// Braces that hold assignments.
[<Sealed>]
type AssignmentsBuilder<'Result>(finish: Assignment list -> 'Result) =
    inherit CollectingBuilder<Assignment>()
    member _.Yield(assignment: Assignment) = [ assignment ]
    member _.YieldFrom(assignments: Assignment list) = assignments
    member _.Run(assignments: Assignment list) = finish assignments

/// Braces whose content exists only under a condition.
[<Sealed>]
type GivenBuilder(condition: ParameterSet) =
    inherit CollectingBuilder<Conditional>()

    member _.Yield(assignment: Assignment) = [
        {
            When = condition
            Assignment = assignment
        }
    ]

    member _.Yield(inner: Conditional list) =
        inner
        |> List.map (fun conditional -> {
            conditional with
                When = Assignment.merge condition conditional.When
        })

    member _.YieldFrom(assignments: Assignment list) =
        assignments
        |> List.map (fun assignment -> {
            When = condition
            Assignment = assignment
        })

    member _.Run(conditionals: Conditional list) = conditionals

/// Braces that declare a sweep.
[<Sealed>]
type SweepBuilder(name: string) =
    inherit CollectingBuilder<Declaration>()

    member _.Yield(assignment: Assignment) = [
        Declaration.Assign {
            When = ParameterSet.Empty
            Assignment = assignment
        }
    ]

    member _.Yield(conditionals: Conditional list) =
        conditionals |> List.map Declaration.Assign

    member _.Yield(setting: Setting) = [ Declaration.Set setting ]
    member _.Yield(declaration: Declaration) = [ declaration ]

    member _.YieldFrom(assignments: Assignment list) =
        assignments
        |> List.map (fun assignment ->
            Declaration.Assign {
                When = ParameterSet.Empty
                Assignment = assignment
            })

    member _.Run(declarations: Declaration list) : Result<Sweep, Problem list> = Declared.sweep name declarations
