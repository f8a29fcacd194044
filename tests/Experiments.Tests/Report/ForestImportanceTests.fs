module Orchestrator.Experiments.Tests.Report.ForestImportanceTests

open Orchestrator.Experiments.Report
open Xunit

// Points that fill the cube evenly: multiples of the powers of the positive root of x⁴ = x + 1, modulo one.
let private cube count (figure: float array -> float) = [|
    for index in 1..count ->
        let at =
            [| 1.0; 2.0; 3.0 |]
            |> Array.map (fun power -> (0.5 + float index * System.Math.Pow(1.2207440846057596, -power)) % 1.0)

        ({ At = at; Figure = figure at }: ForestImportance.Point)
|]

let private share axes (found: Importance.Decomposition) =
    (found.Shares |> List.find (fun share -> share.Axes = axes)).Share

let private decompose points =
    match ForestImportance.decompose points with
    | Some found -> found
    | None -> invalidOp "the sample can be decomposed"

[<Fact>]
let ``a sum has the shares of its terms`` () =
    // Variances 9/12 and 1/12; the third axis does nothing.
    let found = decompose (cube 300 (fun at -> 3.0 * at[0] + at[1]))
    Assert.InRange(share [ 0 ] found, 0.85, 0.93)
    Assert.InRange(share [ 1 ] found, 0.07, 0.13)
    Assert.InRange(share [ 2 ] found, 0.0, 0.01)
    Assert.InRange(share [ 0; 1 ] found, 0.0, 0.03)

[<Fact>]
let ``what needs two parameters at once belongs to the pair`` () =
    // One in a quarter of the plane: variance 3/16, of that 1/16 for each axis and 1/16 for both together.
    let found =
        decompose (cube 300 (fun at -> if at[0] < 0.5 && at[2] < 0.5 then 1.0 else 0.0))

    for effect in [ [ 0 ]; [ 2 ]; [ 0; 2 ] ] do
        Assert.InRange(share effect found, 0.28, 0.38)

    Assert.InRange(share [ 1 ] found, 0.0, 0.01)

[<Fact>]
let ``a product and a square have the shares worked by hand`` () =
    // Variances: of a·b 7/144, of that 1/48 for each factor and 1/144 for both together; of c² 4/45.
    let whole = 7.0 / 144.0 + 4.0 / 45.0
    let found = decompose (cube 300 (fun at -> at[0] * at[1] + at[2] * at[2]))

    for effect, variance in
        [
            [ 0 ], 1.0 / 48.0
            [ 1 ], 1.0 / 48.0
            [ 0; 1 ], 1.0 / 144.0
            [ 2 ], 4.0 / 45.0
        ] do
        Assert.Equal(variance / whole, share effect found, 0.06)

[<Fact>]
let ``the shares of a sample sum to one`` () =
    let found = decompose (cube 60 (fun at -> at[0] * at[1] + at[2] * at[2]))
    Assert.Equal(1.0, (found.Shares |> List.sumBy _.Share) + found.Rest.Share, 9)

[<Fact>]
let ``every share lies in its interval`` () =
    let found = decompose (cube 40 (fun at -> at[0] + 0.3 * at[1]))

    for share in found.Shares do
        match share.Interval with
        | Some(low, high) -> Assert.InRange(share.Share, low, high)
        | None -> Assert.Fail "a forest has as many answers as trees"

[<Fact>]
let ``the same configurations give the same shares`` () =
    let points = cube 30 (fun at -> at[0] - at[1])
    Assert.Equal(decompose points, decompose points)

[<Fact>]
let ``too few configurations and equal figures have no shares`` () =
    Assert.True((ForestImportance.decompose (cube 9 (fun at -> at[0]))).IsNone)
    Assert.True((ForestImportance.decompose (cube 50 (fun _ -> 3.0))).IsNone)
    Assert.True((ForestImportance.decompose [||]).IsNone)
