/// How long silence is taken for work.
module Orchestrator.Experiments.Tests.Launch.LivenessTests

open System
open Orchestrator.Experiments.Launch
open Xunit

type private Ticks() =
    inherit TimeProvider()
    let mutable now = 0L
    override _.GetTimestamp() = now
    override _.TimestampFrequency = TimeSpan.TicksPerSecond

    member _.Move(seconds: float) =
        now <- now + TimeSpan.FromSeconds(seconds).Ticks

[<Fact>]
let ``A stage of unknown pace gets the first deadline, and later ten times its longest silence`` () =
    let clock = Ticks()
    let deadline = ProgressDeadline(Liveness.standard, clock)
    Assert.Equal(Liveness.standard.First, deadline.Sign "training")
    clock.Move 20.
    Assert.Equal(TimeSpan.FromSeconds 200., deadline.Sign "training")
    clock.Move 5.
    Assert.Equal(TimeSpan.FromSeconds 200., deadline.Sign "training")
    clock.Move 1.
    Assert.Equal(Liveness.standard.First, deadline.Sign "validating")

[<Fact>]
let ``No deadline is shorter than the least`` () =
    let clock = Ticks()
    let deadline = ProgressDeadline(Liveness.standard, clock)
    deadline.Sign "training" |> ignore
    clock.Move 0.01
    Assert.Equal(Liveness.standard.Least, deadline.Sign "training")
