module Orchestrator.Experiments.Tests.Report.StatisticsTests

open System
open Orchestrator.Experiments.Report.Statistics
open Xunit

let private normal (random: Random) =
    sqrt (-2.0 * log (1.0 - random.NextDouble()))
    * cos (2.0 * Math.PI * random.NextDouble())

[<Fact>]
let ``three values give the interval of the tables`` () =
    // 1, 2, 3: mean 2, deviation 1, t(0.975; 2) = 4.302653, half-width 4.302653 / sqrt 3.
    match estimate [ 1.0; 2.0; 3.0 ] with
    | Some {
               Count = 3
               Mean = mean
               Deviation = Some deviation
               Half = Some half
           } ->
        Assert.Equal(2.0, mean, 12)
        Assert.Equal(1.0, deviation, 12)
        Assert.Equal(2.484138, half, 6)
    | other -> Assert.Fail $"not an estimate of three values: {other}"

[<Fact>]
let ``one value has a mean and nothing else`` () =
    match estimate [ 4.5 ] with
    | Some {
               Count = 1
               Mean = 4.5
               Deviation = None
               Half = None
           } -> ()
    | other -> Assert.Fail $"{other}"

[<Fact>]
let ``no value has no estimate`` () = Assert.True((estimate []).IsNone)

[<Fact>]
let ``the paired test uses only the seeds that both have`` () =
    let first = Map [ 1UL, 10.0; 2UL, 12.0; 3UL, 14.0; 9UL, 1000.0 ]
    let second = Map [ 1UL, 9.0; 2UL, 10.0; 3UL, 11.0; 8UL, -1000.0 ]

    match paired first second with
    | None -> Assert.Fail "there are three common seeds"
    | Some difference ->
        Assert.Equal(3, difference.Count)
        Assert.Equal(2.0, difference.Mean, 12)
        // Differences 1, 2, 3: t = 2 / (1 / sqrt 3) = 3.4641 with 2 degrees of freedom, p = 0.0742.
        match probability difference with
        | Some p -> Assert.Equal(0.0742, p, 4)
        | None -> Assert.Fail "three differences can be tested"

[<Fact>]
let ``Holm's correction is the one worked by hand`` () =
    // Sorted 0.01, 0.02, 0.03, 0.04 times 4, 3, 2, 1 gives 0.04, 0.06, 0.06, 0.04; never falling: 0.04, 0.06, 0.06, 0.06.
    let adjusted = holm [ 0.04; 0.01; 0.03; 0.02 ]
    let expected = [ 0.06; 0.04; 0.06; 0.06 ]
    List.iter2 (fun (e: float) (a: float) -> Assert.Equal(e, a, 12)) expected adjusted

[<Fact>]
let ``Holm's correction of nothing is nothing`` () = Assert.Empty(holm [])

[<Theory>]
[<InlineData(2)>]
[<InlineData(5)>]
let ``intervals hold the true mean as often as they claim`` (seeds: int) =
    let random = Random 20261121
    let sweeps = 4000

    let covered =
        Seq.init sweeps (fun _ -> List.init seeds (fun _ -> 3.0 + 2.0 * normal random))
        |> Seq.choose estimate
        |> Seq.filter (fun e -> abs (e.Mean - 3.0) <= Option.defaultValue 0.0 e.Half)
        |> Seq.length

    // Four standard errors of a proportion of 0.95 over 4000.
    Assert.InRange(float covered / float sweeps, 0.936, 0.964)
