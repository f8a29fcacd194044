module Orchestrator.Experiments.Tests.Launch.LeaseWatchTests

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store
open Xunit

/// The moments that people set and the moments that only pass are two clocks.
type private TwoClocks() =
    inherit TimeProvider()
    let mutable passed = TimeSpan.Zero
    let mutable wall = DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.Zero)
    override _.GetTimestamp() = passed.Ticks
    override _.TimestampFrequency = TimeSpan.TicksPerSecond
    override _.GetUtcNow() = wall
    member _.Jump(span: TimeSpan) = wall <- wall + span

    member this.Pass(span: TimeSpan) =
        passed <- passed + span
        this.Jump span

let private lease = TimeSpan.FromMinutes 1.

let private attempt token (sign: DateTimeOffset) : RunningAttempt = {
    Token = token
    TrialId = "trial"
    Number = 1
    Varied = ParameterSet.Empty
    Seed = 1UL
    Worker = "worker"
    Host = "host"
    ProcessId = 1
    Process = "process"
    Stage = "training"
    Epoch = 1
    Batch = 1
    Batches = 2
    Budget = 3
    Loss = None
    StartedAt = sign
    ProgressedAt = sign
    LeaseExpiresAt = sign + lease
}

[<Fact>]
let ``An attempt is overdue when it was silent for longer than its lease`` () =
    let clock = TwoClocks()
    let watch = LeaseWatch clock
    let silent = attempt 1L (clock.GetUtcNow())
    watch.Look [ silent ]
    clock.Pass lease
    Assert.False(watch.IsOverdue silent)
    clock.Pass(TimeSpan.FromSeconds 1.)
    Assert.True(watch.IsOverdue silent)

[<Fact>]
let ``A sign begins the lease anew`` () =
    let clock = TwoClocks()
    let watch = LeaseWatch clock
    watch.Look [ attempt 1L (clock.GetUtcNow()) ]
    clock.Pass lease
    let renewed = attempt 1L (clock.GetUtcNow())
    watch.Look [ renewed ]
    clock.Pass(TimeSpan.FromSeconds 30.)
    watch.Look [ renewed ]
    Assert.Equal(TimeSpan.FromSeconds 30., watch.Silence renewed)
    Assert.False(watch.IsOverdue renewed)

[<Theory>]
[<InlineData 400.>]
[<InlineData -400.>]
let ``A clock that jumps makes no attempt overdue, and hides no silence`` (days: float) =
    let clock = TwoClocks()
    let watch = LeaseWatch clock
    let silent = attempt 1L (clock.GetUtcNow())
    watch.Look [ silent ]
    clock.Jump(TimeSpan.FromDays days)
    Assert.False(watch.IsOverdue silent)
    clock.Pass(lease + TimeSpan.FromSeconds 1.)
    Assert.True(watch.IsOverdue silent)

[<Fact>]
let ``What is not under way any more is forgotten`` () =
    let clock = TwoClocks()
    let watch = LeaseWatch clock
    let silent = attempt 1L (clock.GetUtcNow())
    watch.Look [ silent ]
    watch.Look []
    clock.Pass(2. * lease)
    Assert.Equal(TimeSpan.Zero, watch.Silence silent)
