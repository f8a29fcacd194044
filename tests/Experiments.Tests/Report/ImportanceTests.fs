module Orchestrator.Experiments.Tests.Report.ImportanceTests

open Orchestrator.Experiments.Report
open Xunit

let private cell places (values: float list) : Importance.Cell = {
    Places = Array.ofList places
    Values = values |> List.mapi (fun seed value -> uint64 seed, value) |> Map.ofList
}

let private share axes (found: Importance.Decomposition) =
    found.Shares |> List.find (fun share -> share.Axes = axes)

let private decompose sizes cells =
    match Importance.decompose (Array.ofList sizes) cells with
    | Some found -> found
    | None -> invalidOp "the grid can be decomposed"

[<Fact>]
let ``the shares of a two by two grid are the ones worked by hand`` () =
    // 1 3 / 5 11: mean 5, variance (16 + 4 + 0 + 36) / 4 = 14. Rows 2 and 8: variance 9. Columns 3 and 7: variance 4.
    // What is left of each cell is 1, -1, -1, 1: variance 1. The shares are 9/14, 4/14 and 1/14.
    let found =
        decompose [ 2; 2 ] [
            cell [ 0; 0 ] [ 1.0 ]
            cell [ 0; 1 ] [ 3.0 ]
            cell [ 1; 0 ] [ 5.0 ]
            cell [ 1; 1 ] [ 11.0 ]
        ]

    Assert.Equal(9.0 / 14.0, (share [ 0 ] found).Share, 12)
    Assert.Equal(4.0 / 14.0, (share [ 1 ] found).Share, 12)
    Assert.Equal(1.0 / 14.0, (share [ 0; 1 ] found).Share, 12)
    Assert.Equal(0.0, found.Rest.Share, 12)
    Assert.True(found.Rest.Interval.IsNone)

[<Fact>]
let ``what only three parameters do together is left as the rest`` () =
    // A parity of three bits: no single axis and no pair explains anything.
    let cells = [
        for a in 0..1 do
            for b in 0..1 do
                for c in 0..1 -> cell [ a; b; c ] [ float ((a + b + c) % 2) ]
    ]

    let found = decompose [ 2; 2; 2 ] cells
    Assert.All(found.Shares, fun share -> Assert.Equal(0.0, share.Share, 12))
    Assert.Equal(1.0, found.Rest.Share, 12)

[<Fact>]
let ``shares of any grid sum to one`` () =
    let cells = [
        for a in 0..3 do
            for b in 0..2 do
                for c in 0..1 -> cell [ a; b; c ] [ float ((a * 7 + b * 5 + c * 3) % 11); float (a * b + c) ]
    ]

    let found = decompose [ 4; 3; 2 ] cells
    Assert.Equal(1.0, (found.Shares |> List.sumBy _.Share) + found.Rest.Share, 12)

[<Fact>]
let ``a seed that moves every configuration alike leaves no uncertainty`` () =
    let found =
        decompose [ 2; 2 ] [
            for a in 0..1 do
                for b in 0..1 -> cell [ a; b ] [ for seed in 0..4 -> float (3 * a + b) + 10.0 * float seed ]
        ]

    match (share [ 0 ] found).Interval with
    | None -> Assert.Fail "five seeds give an interval"
    | Some(low, high) ->
        Assert.Equal(0.9, low, 9)
        Assert.Equal(0.9, high, 9)

[<Fact>]
let ``seeds that disagree give an interval around the share, the same every time`` () =
    let cells = [
        for a in 0..1 do
            for b in 0..1 ->
                cell [ a; b ] [ for seed in 0..4 -> float (3 * a + b) + float ((seed * (a + 2 * b + 1)) % 5) ]
    ]

    let interval () =
        (share [ 0 ] (decompose [ 2; 2 ] cells)).Interval

    Assert.Equal(interval (), interval ())

    match interval () with
    | None -> Assert.Fail "five seeds give an interval"
    | Some(low, high) -> Assert.InRange((share [ 0 ] (decompose [ 2; 2 ] cells)).Share, low, high)

[<Fact>]
let ``a value with a gap is left out, so that every remaining combination is measured`` () =
    let cells = [
        for a in 0..2 do
            for b in 0..2 do
                if not (a = 2 && b > 0) then
                    cell [ a; b ] [ float (a + 2 * b) ]
    ]

    let found = decompose [ 3; 3 ] cells
    Assert.Equal<(int * int) list>([ 0, 2 ], found.LeftOut)
    Assert.Equal(6, found.Cells)

[<Fact>]
let ``a random sample is no grid`` () =
    let cells = [ for i in 0..9 -> cell [ i; i; i ] [ float i ] ]
    Assert.True((Importance.decompose [| 10; 10; 10 |] cells).IsNone)
