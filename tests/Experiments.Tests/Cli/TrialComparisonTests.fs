module Orchestrator.Experiments.Tests.Cli.TrialComparisonTests

open System
open Orchestrator.Experiments.Cli.TrialComparison
open Orchestrator.Experiments.Domain
open Xunit

let private record = {
    WeightsDigest = Some "digest"
    Figures = Map.ofList [ (1, "val/elbo"), -100.5; (2, "val/elbo"), -99.5 ]
    Files = Map.ofList [ "weights.safetensors", "sha" ]
}

[<Fact>]
let ``a record is the same as itself`` () = Assert.Empty(compare record record)

[<Fact>]
let ``one bit of a figure is a difference`` () =
    let again = {
        record with
            Figures = record.Figures.Add((2, "val/elbo"), Math.BitIncrement -99.5)
    }

    let found = List.exactlyOne (compare record again)
    Assert.Equal("val/elbo of epoch 2", found.What)
    Assert.Equal("-99.5", found.Recorded)

[<Fact>]
let ``another digest, a missing figure and another file are three differences`` () =
    let again = {
        WeightsDigest = Some "other"
        Figures = record.Figures.Remove((1, "val/elbo"))
        Files = Map.ofList [ "weights.safetensors", "other" ]
    }

    Assert.Equal<string list>(
        [ "weights"; "val/elbo of epoch 1"; "file weights.safetensors" ],
        compare record again |> List.map _.What
    )

[<Fact>]
let ``What else an attempt ran on is named where both say it, but for what was free at the moment`` () =
    let recorded = [ "blas", "Haswell"; "torch", "1.13.0"; "memory mib", "9"; "gpus", "one" ]
    let again = [ "blas", "SkylakeX"; "torch", "1.13.0"; "memory mib", "8"; "commit", "abc" ]

    let expected = [
        {
            What = "blas"
            Recorded = "Haswell"
            Again = "SkylakeX"
        }
    ]

    Assert.Equal<Difference list>(expected, compareSurroundings recorded again)

let private attempt number startEpoch epochsDone torch = {
    TrialId = "trial"
    Number = number
    Worker = $"worker-{number}"
    Host = "laboratory"
    ProcessId = 1
    Device = "cpu"
    Threads = 1
    StartedAt = DateTimeOffset.UnixEpoch
    EndedAt = None
    Outcome = None
    StartEpoch = startEpoch
    EpochsDone = epochsDone
    Error = None
    Interruptions = 0
    WeightsDigest = None
    Provenance = $"""{{"torch":"{torch}"}}"""
}

[<Fact>]
let ``an attempt that goes on with another torch than the one before it says so`` () =
    let first = attempt 1 0 5 "1.13.0"
    // Crashed before an epoch was done: it left nothing to go on from.
    let second = attempt 2 5 5 "2.6.0"

    let expected = [
        {
            What = "torch"
            Recorded = "1.13.0"
            Again = "2.14.1"
        }
    ]

    Assert.Equal<Difference list>(expected, changedSince [ first; second ] (attempt 3 5 9 "2.14.1"))
    Assert.Empty(changedSince [ first; second ] (attempt 3 5 9 "1.13.0"))
    Assert.Empty(changedSince [ first ] (attempt 2 0 9 "2.14.1"))
    Assert.Empty(changedSince [] first)
