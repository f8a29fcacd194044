module Orchestrator.Experiments.Tests.Search.PruningRuleTests

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Search
open Xunit

let private dueAt pruner budget =
    [ 1..20 ] |> List.filter (PruningRule.isDue pruner budget)

[<Fact>]
let ``the median rule compares after the warm-up, every interval, and never after the last epoch`` () =
    Assert.Equal<int list>([ 3; 5; 7; 9 ], dueAt (Pruner.Median(2, 5, 2)) 10)
    Assert.Equal<int list>([ 1..9 ], dueAt (Pruner.Median(0, 5, 1)) 10)
    Assert.Empty(dueAt Pruner.Off 10)

[<Fact>]
let ``the rungs of successive halving grow by its factor and stay below the budget`` () =
    Assert.Equal<int list>([ 2; 6; 18 ], dueAt (Pruner.SuccessiveHalving(3, 2)) 20)
    Assert.Equal<int list>([ 2; 6 ], dueAt (Pruner.SuccessiveHalving(3, 2)) 18)

[<Theory>]
[<InlineData(-3.0, true)>]
[<InlineData(-5.0, true)>]
[<InlineData(-5.1, false)>]
let ``a trial goes on unless its best figure is worse than the median of the others`` (best: float) goesOn =
    let verdict =
        PruningRule.median MetricDirection.Maximize 3 best [ -1.0; -9.0; -5.0 ]

    Assert.Equal(goesOn, verdict.GoesOn)
    Assert.Equal(Some -5.0, verdict.Bound)
    Assert.Equal(3, verdict.Compared)

[<Fact>]
let ``where less is better the median rule turns round`` () =
    Assert.False((PruningRule.median MetricDirection.Minimize 1 3.0 [ 1.0; 2.0; 2.5 ]).GoesOn)
    Assert.True((PruningRule.median MetricDirection.Minimize 1 1.5 [ 1.0; 2.0 ]).GoesOn)

[<Fact>]
let ``nothing is stopped before enough others have come that far`` () =
    let verdict =
        PruningRule.median MetricDirection.Maximize 4 -100.0 [ -1.0; -2.0; -3.0 ]

    Assert.True verdict.GoesOn
    Assert.Equal(None, verdict.Bound)

[<Theory>]
[<InlineData(3, 9, 1, 0)>]
[<InlineData(3, 9, 3, 1)>]
[<InlineData(3, 9, 8, 2)>]
[<InlineData(3, 9, 9, 3)>]
[<InlineData(3, 2, 2, 1)>]
[<InlineData(3, 2, 1, 0)>]
[<InlineData(3, 0, 1, 1)>]
[<InlineData(3, 0, 0, 0)>]
let ``one in so many goes on, and the best one where no more will come`` reduction expected arrived places =
    Assert.Equal(places, PruningRule.places reduction expected arrived)

[<Fact>]
let ``the best at a rung go on, and of equal figures the one planned first`` () =
    let figures = [ "a", 0, -5.0; "b", 1, -1.0; "c", 2, -5.0; "d", 3, -9.0 ]

    let goesOn trial =
        (PruningRule.halving MetricDirection.Maximize 2 trial figures).GoesOn

    Assert.Equal<bool list>([ true; true; false; false ], [ "a"; "b"; "c"; "d" ] |> List.map goesOn)
