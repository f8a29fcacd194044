namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

// Every line in the braces is an ordinary value that is collected in order, so that ordinary `if`, `for` and `match`
// work between the lines, and what does not belong into the braces does not compile.

/// Collects what lies in the braces.
[<AbstractClass>]
type CollectingBuilder<'Item>() =
    member _.Zero() : 'Item list = []
    member _.Combine(first: 'Item list, second: 'Item list) = first @ second
    member _.Delay(rest: unit -> 'Item list) = rest ()

    member _.For(values: seq<'T>, body: 'T -> 'Item list) =
        values |> Seq.toList |> List.collect body

/// Braces that hold assignments only.
[<Sealed>]
type AssignmentsBuilder<'Result>(finish: Assignment list -> 'Result) =
    inherit CollectingBuilder<Assignment>()
    member _.Yield(assignment: Assignment) = [ assignment ]
    member _.YieldFrom(assignments: Assignment list) = assignments
    member _.Run(assignments: Assignment list) = finish assignments

/// Braces whose content exists only under a condition.
[<Sealed>]
type GivenBuilder(condition: ParameterSet) =
    inherit CollectingBuilder<Region>()

    member _.Yield(assignment: Assignment) = [
        {
            When = condition
            Assignments = [ assignment ]
        }
    ]

    member _.Yield(inner: Region list) =
        inner
        |> List.map (fun region -> {
            region with
                When = Assignment.merge condition region.When
        })

    member this.YieldFrom(assignments: Assignment list) = assignments |> List.collect this.Yield
    member _.Run(regions: Region list) = regions

/// Braces that declare a sweep.
[<Sealed>]
type SweepBuilder(name: string) =
    inherit CollectingBuilder<Declaration>()

    member _.Yield(assignment: Assignment) = [
        Declaration.Region {
            When = ParameterSet.Empty
            Assignments = [ assignment ]
        }
    ]

    member _.Yield(regions: Region list) = regions |> List.map Declaration.Region
    member _.Yield(setting: Setting) = [ Declaration.Setting setting ]
    member _.Yield(declaration: Declaration) = [ declaration ]
    member this.YieldFrom(assignments: Assignment list) = assignments |> List.collect this.Yield
    member _.YieldFrom(declarations: Declaration list) = declarations
    member _.Run(declarations: Declaration list) : Result<Sweep, Problem list> = Declared.sweep name declarations
