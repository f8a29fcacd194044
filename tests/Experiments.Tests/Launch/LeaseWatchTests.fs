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

// Looked at every second.
let private passSilently (clock: TwoClocks) (watch: LeaseWatch) attempt (span: TimeSpan) =
    for _ in 1 .. int span.TotalSeconds do
        clock.Pass(TimeSpan.FromSeconds 1.)
        watch.Look [ attempt ]

[<Fact>]
let ``An attempt is overdue when it was silent for longer than its lease`` () =
    let clock = TwoClocks()
    let watch = LeaseWatch(clock, (fun _ -> None))
    let silent = attempt 1L (clock.GetUtcNow())
    watch.Look [ silent ]
    passSilently clock watch silent lease
    Assert.False(watch.IsOverdue silent)
    passSilently clock watch silent (TimeSpan.FromSeconds 1.)
    Assert.True(watch.IsOverdue silent)

[<Fact>]
let ``A sign begins the lease anew`` () =
    let clock = TwoClocks()
    let watch = LeaseWatch(clock, (fun _ -> None))
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
    let watch = LeaseWatch(clock, (fun _ -> None))
    let silent = attempt 1L (clock.GetUtcNow())
    watch.Look [ silent ]
    clock.Jump(TimeSpan.FromDays days)
    Assert.False(watch.IsOverdue silent)
    passSilently clock watch silent (lease + TimeSpan.FromSeconds 1.)
    Assert.True(watch.IsOverdue silent)

[<Fact>]
let ``What is not under way any more is forgotten`` () =
    let clock = TwoClocks()
    let watch = LeaseWatch(clock, (fun _ -> None))
    let silent = attempt 1L (clock.GetUtcNow())
    watch.Look [ silent ]
    watch.Look []
    clock.Pass(2. * lease)
    Assert.Equal(TimeSpan.Zero, watch.Silence silent)

[<Fact>]
let ``Whoever looked away for an hour has not seen an hour of silence`` () =
    let clock = TwoClocks()
    let watch = LeaseWatch(clock, (fun _ -> None))
    let silent = attempt 1L (clock.GetUtcNow())
    watch.Look [ silent ]
    clock.Pass(TimeSpan.FromHours 1.)
    watch.Look [ silent ]
    Assert.False(watch.IsOverdue silent)
    passSilently clock watch silent lease
    Assert.True(watch.IsOverdue silent)

// A worker whose process is in a state and gets so much of a core.
let private silentAfter (seconds: int) isRunnable (share: float) =
    let clock = TwoClocks()
    let mutable used = TimeSpan.Zero

    let watch =
        LeaseWatch(clock, (fun _ -> Some { IsRunnable = isRunnable; Used = used }))

    let silent = attempt 1L (clock.GetUtcNow())
    watch.Look [ silent ]

    for _ in 1..seconds do
        clock.Pass(TimeSpan.FromSeconds 1.)
        used <- used + TimeSpan.FromSeconds share
        watch.Look [ silent ]

    watch.Silence silent, watch.IsOverdue silent

[<Fact>]
let ``A worker that waits for a core is slow and does not hang`` () =
    // An hour with a hundredth of a core is half a minute's work.
    Assert.Equal((TimeSpan.FromSeconds 36., false), silentAfter 3600 true 0.01)

[<Fact>]
let ``A worker that turns in circles on a core of its own hangs, and so does one that stands still`` () =
    Assert.Equal((TimeSpan.FromSeconds 90., true), silentAfter 90 true 1.)
    Assert.Equal((TimeSpan.FromSeconds 90., true), silentAfter 90 false 0.)

[<Fact>]
let ``A process sees its own use of the processor, and none of another boot's`` () =
    let self = ProcessIdentity.current ()

    match ProcessIdentity.processorUse self.ProcessId self.Key with
    | Some seen -> Assert.True(seen.Used > TimeSpan.Zero)
    | None -> Assert.Fail "nothing was seen"

    Assert.Equal(None, ProcessIdentity.processorUse self.ProcessId "another boot|1|2")
