module Orchestrator.Experiments.Tests.Report.SummaryTests

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Tests.Report
open Orchestrator.Experiments.Tests.Report.SomeSweep
open Xunit

/// A sweep over `latent` whose objective at its only reading is given for each value and seed.
let private withValues direction (values: (int * float list) list) =
    let shape = {
        usual with
            Latents = List.map fst values
            Betas = [ 1.0 ]
            Depths = [ 2 ]
            Seeds = values |> List.map (fun (_, own) -> own.Length) |> List.max
            Readings = [ 1 ]
            Fate = (fun _ -> Fate.Completed)
            Images = false
    }

    let results = fst (make shape)

    let figures =
        results.Trials
        |> List.choose (fun trial ->
            let latent = int (Labels.value trial.Varied "latent")
            let own = values |> List.find (fun (value, _) -> value = latent) |> snd

            List.tryItem (int trial.Seed - 1) own
            |> Option.map (fun value -> {
                TrialId = trial.Id
                Epoch = 1
                Name = "val/elbo"
                Value = value
            }))

    {
        results with
            Metrics = figures
            Sweep = {
                results.Sweep with
                    Objective = {
                        results.Sweep.Objective with
                            Direction = direction
                    }
            }
    }

let private latents (reading: Reading) =
    reading.Standings
    |> List.map (fun standing -> Labels.value standing.Configuration.Varied "latent")

let private bestSet (reading: Reading) =
    reading.Standings
    |> List.filter _.InBestSet
    |> List.map (fun standing -> Labels.value standing.Configuration.Varied "latent")

let private only (results: SweepResults) =
    (Summary.ofResults results).Readings |> List.exactlyOne

[<Fact>]
let ``the order follows the objective's direction`` () =
    let values = [ 2, [ 1.0; 1.1 ]; 4, [ 3.0; 3.1 ]; 8, [ 2.0; 2.1 ] ]
    Assert.Equal<string list>([ "4"; "8"; "2" ], latents (only (withValues MetricDirection.Maximize values)))
    Assert.Equal<string list>([ "2"; "8"; "4" ], latents (only (withValues MetricDirection.Minimize values)))

[<Fact>]
let ``the best set holds the top and what cannot be told apart from it`` () =
    // Against latent 8: latent 16 differs by -0.1, 0.1, 0.2, 0.0 (t = 0.77); latent 2 by about 5 each time.
    let values = [
        2, [ 5.0; 5.1; 4.9; 5.0 ]
        8, [ 10.0; 10.2; 10.1; 9.9 ]
        16, [ 10.1; 10.1; 9.9; 9.9 ]
    ]

    Assert.Equal<string list>([ "8"; "16" ], bestSet (only (withValues MetricDirection.Maximize values)))

[<Fact>]
let ``seeds that move everything alike do not hide a steady difference`` () =
    let values = [ 2, [ 1.0; 5.0; 9.0; 13.0 ]; 4, [ 1.5; 5.6; 9.4; 13.5 ] ]
    Assert.Equal<string list>([ "4" ], bestSet (only (withValues MetricDirection.Maximize values)))

[<Fact>]
let ``one seed orders but tests nothing`` () =
    let reading = only (withValues MetricDirection.Maximize [ 2, [ 1.0 ]; 4, [ 3.0 ] ])
    Assert.False reading.IsTested
    Assert.Equal<string list>([ "4"; "2" ], latents reading)
    Assert.All(reading.Standings, fun standing -> Assert.True standing.Estimate.Half.IsNone)

[<Fact>]
let ``a lucky single seed is not the measure of the others`` () =
    let values = [ 2, [ 99.0 ]; 4, [ 3.0; 3.1; 3.0 ]; 8, [ 1.0; 1.1; 1.2 ] ]
    let reading = only (withValues MetricDirection.Maximize values)

    match reading.Top with
    | Some top -> Assert.Equal("4", Labels.value top.Configuration.Varied "latent")
    | None -> Assert.Fail "there is a top"

[<Fact>]
let ``a diverged trial is counted and enters no mean`` () =
    let results = fst (make usual)
    let summary = Summary.ofResults results
    Assert.Equal(1, summary.Configurations |> List.sumBy _.Diverged)
    Assert.Equal(0, summary.Configurations |> List.sumBy _.Failed)
    let last = List.last summary.Readings
    Assert.Equal(89, last.Standings |> List.sumBy _.Estimate.Count)

[<Fact>]
let ``each reading has a leaderboard of its own`` () =
    let summary = Summary.ofResults (fst (make usual))
    Assert.Equal<int list>([ 5; 20 ], summary.Readings |> List.map _.Epoch)
    Assert.All(summary.Readings, fun reading -> Assert.Equal(18, reading.Standings.Length))

let private answers values =
    let summary = Summary.ofResults (withValues MetricDirection.Maximize values)

    ParameterAnswers.ofReading summary summary.Readings.Head
    |> List.map (ParameterAnswers.sentence "nats")

[<Fact>]
let ``a parameter's answer says by how much and what cannot be told apart`` () =
    // 8 against 2: differences 2.0, 2.2, 2.4; mean 2.2, half-width 4.302653 * 0.2 / sqrt 3 = 0.497.
    let said =
        answers [ 2, [ 1.0; 1.0; 1.0 ]; 8, [ 3.0; 3.2; 3.4 ]; 16, [ 3.1; 3.2; 3.2 ] ]

    // 8 against 16: -0.1, 0.0, 0.2; mean 0.033, half-width 4.302653 * 0.152753 / sqrt 3 = 0.379.
    Assert.Equal<string list>(
        [
            "8 beats 2 by 2.20 ± 0.50 nats; 8 and 16 cannot be told apart (difference 0.03 ± 0.38 nats)."
        ],
        said
    )

[<Fact>]
let ``a parameter's answer out of one seed is no test`` () =
    let said = answers [ 2, [ 1.0 ]; 8, [ 3.0 ] ]
    Assert.Equal<string list>([ "8 is ahead of 2 by 2.0 nats; one seed, so this is no test." ], said)

/// How often the truly best configuration is missing from the best set.
let private missed (random: Random) configurations seeds gap sweeps =
    let normal () =
        sqrt (-2.0 * log (1.0 - random.NextDouble()))
        * cos (2.0 * Math.PI * random.NextDouble())

    Seq.init sweeps (fun _ ->
        let common = List.init seeds (fun _ -> 3.0 * normal ())

        let values = [
            for index in 1..configurations ->
                index,
                common
                |> List.map (fun shared -> shared + normal () + (if index = 1 then gap else 0.0))
        ]

        let best = bestSet (only (withValues MetricDirection.Maximize values))
        if List.contains "1" best then 0 else 1)
    |> Seq.sum

[<Theory>]
[<InlineData(0.0)>]
[<InlineData(1.0)>]
let ``the best set misses the best configuration in at most one sweep of twenty`` (gap: float) =
    // The rate is at most 5 %: 50 of 1000, and four standard errors of that count for chance.
    Assert.InRange(missed (Random 7) 6 4 gap 1000, 0, 50 + 28)

let private normal (random: Random) =
    sqrt (-2.0 * log (1.0 - random.NextDouble()))
    * cos (2.0 * Math.PI * random.NextDouble())

[<Fact>]
let ``of two equal configurations one is called worse in one sweep of twenty`` () =
    let random = Random 11

    let toldApart () =
        let values = [ for latent in 1..2 -> latent, List.init 5 (fun _ -> normal random) ]
        (bestSet (only (withValues MetricDirection.Maximize values))).Length = 1

    let told = Seq.init 1000 (fun _ -> if toldApart () then 1 else 0) |> Seq.sum
    // Four standard errors of 50 of 1000.
    Assert.InRange(told, 50 - 28, 50 + 28)

[<Fact>]
let ``the interval of a parameter's answer holds the true difference as often as it claims`` () =
    let random = Random 13

    // So far apart that the better one is always known; what both share of a seed is far greater than what they do not.
    let holds () =
        let common = List.init 4 (fun _ -> 3.0 * normal random)

        let around mean =
            common |> List.map (fun shared -> shared + mean + normal random)

        let summary =
            Summary.ofResults (withValues MetricDirection.Maximize [ 1, around 40.0; 2, around 0.0 ])

        let answer =
            ParameterAnswers.ofReading summary summary.Readings.Head |> List.exactlyOne

        let difference = answer.Contrasts.Head.Difference
        abs (difference.Mean - 40.0) <= Option.defaultValue 0.0 difference.Half

    let held = Seq.init 1000 (fun _ -> if holds () then 1 else 0) |> Seq.sum
    // Four standard errors of 950 of 1000.
    Assert.InRange(held, 950 - 28, 950 + 28)
