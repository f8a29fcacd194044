// Over 300 lines: the contract is one list of sentences that every database passes.
namespace Orchestrator.Experiments.Tests.Store

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store
open Xunit

/// What every implementation of the store promises.
[<AbstractClass>]
type TrialStoreContract() =
    let clock = Some.Clock()

    /// A new, empty store under the clock.
    abstract Open: Some.Clock -> ITrialStore

    member private this.With plan =
        let store = this.Open clock
        store.SavePlan(plan, "manifest") |> ignore
        store

    [<Fact>]
    member this.``Saving a plan again changes nothing``() =
        use store = this.Open clock
        let plan = Some.plan "s" 3 [ 2 ]

        Assert.Equal(
            {
                Added = 3
                Kept = 0
                Reopened = 0
                Orphaned = 0
            },
            store.SavePlan(plan, "m")
        )

        Assert.Equal(
            {
                Added = 0
                Kept = 3
                Reopened = 0
                Orphaned = 0
            },
            store.SavePlan(plan, "m")
        )

    [<Fact>]
    member this.``Trials are taken in the order of the plan, each once``() =
        use store = this.With(Some.plan "s" 3 [ 2 ])
        let taken = [ for _ in 1..3 -> (Some.claim store "s").Specification.Id ]

        Assert.Equal<string list>([ for t in (Some.plan "s" 3 [ 2 ]).Trials -> t.Id ], taken)
        Assert.Equal(ClaimAnswer.Wait, store.Claim(Some.request "s" "w"))

    [<Fact>]
    member this.``Nothing is left to take when every trial is done``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"
        store.Finish(claim.Token, Some.completed 2 -1., "") |> ignore

        Assert.Equal(ClaimAnswer.Nothing, store.Claim(Some.request "s" "w"))

    [<Fact>]
    member this.``A claim carries the trial as it was planned``() =
        use store =
            this.With(Some.planOf (Some.sweep "s") [ Some.trial 7L UInt64.MaxValue [ 1; 3 ] ])

        let claim = Some.claim store "s"

        Assert.Equal(UInt64.MaxValue, claim.Specification.Seed)
        Assert.Equal<ParameterSet>(Some.parameters 7L, claim.Specification.Parameters)
        Assert.Equal<int seq>([ 1; 3 ], claim.Specification.Epochs)
        Assert.StartsWith("s/trials/", claim.Folder)

    [<Fact>]
    member this.``Completion writes figures, artifacts and state at once``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"
        store.Finish(claim.Token, Some.completed 2 -5., "") |> ignore
        let results = Some.results store "s"
        let trial = List.exactlyOne results.Trials

        Assert.Equal(TrialState.Completed, trial.State)
        Assert.Equal(Some 1, trial.EffectiveAttempt)
        Assert.Equal<float list>([ -5.; -5. ], results.Metrics |> List.map _.Value)
        Assert.Equal($"{claim.Folder}/weights.safetensors", (List.exactlyOne results.Artifacts).Path)

    [<Fact>]
    member this.``Completion said twice is accepted and counts once``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"

        Assert.Equal(WriteAnswer.Accepted, store.Finish(claim.Token, Some.completed 2 -5., ""))
        Assert.Equal(WriteAnswer.Accepted, store.Finish(claim.Token, Some.completed 2 -5., ""))
        Assert.Equal(1, (store.Counts "s").Completed)

    [<Fact>]
    member this.``An epoch written twice is there once``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"

        for value in [ -3.; -2. ] do
            Assert.Equal(WriteAnswer.Accepted, store.RecordEpoch(claim.Token, 1, Some.metrics 1 value, Some.lease))

        Assert.Equal<float list>([ -2. ], (Some.results store "s").Metrics |> List.map _.Value)

    [<Fact>]
    member this.``A superseded attempt can write nothing``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let old = Some.claim store "s"
        store.MarkLost([ old.Token ], "gone") |> ignore
        let next = Some.claim store "s"

        Assert.True(next.Token > old.Token)

        Assert.Equal(
            WriteAnswer.Superseded,
            store.Renew(old.Token, TrialProgress(1, 1, 2, Nullable(), "training"), Some.lease)
        )

        Assert.Equal(WriteAnswer.Superseded, store.RecordEpoch(old.Token, 1, Some.metrics 1 9., Some.lease))
        Assert.Equal(WriteAnswer.Superseded, store.RecordResumed(old.Token, 1, Some.metrics 1 9., Some.lease))
        Assert.Equal(WriteAnswer.Superseded, store.Finish(old.Token, Some.completed 2 9., ""))
        Assert.Empty((Some.results store "s").Metrics)
        Assert.Equal(1, (store.Counts "s").Running)

    [<Fact>]
    member this.``A superseded attempt's figures never mix with the effective ones``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let old = Some.claim store "s"
        store.RecordEpoch(old.Token, 1, Some.metrics 1 -99., Some.lease) |> ignore
        store.MarkLost([ old.Token ], "gone") |> ignore
        let next = Some.claim store "s"
        store.Finish(next.Token, Some.completed 2 -5., "") |> ignore

        Assert.Equal<float list>([ -5.; -5. ], (Some.results store "s").Metrics |> List.map _.Value)

    [<Fact>]
    member this.``An attempt that gave a sign since it was last looked at is not lost``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"
        let lastSign () = (store.Running "s").Head.ProgressedAt
        let first = lastSign ()
        clock.Move(TimeSpan.FromSeconds 1.)

        store.Renew(claim.Token, TrialProgress(1, 1, 2, Nullable 3., "training"), Some.lease)
        |> ignore

        Assert.False(store.MarkSilent(claim.Token, first, "silent"))
        Assert.Equal(1, (store.Counts "s").Running)
        Assert.True(store.MarkSilent(claim.Token, lastSign (), "silent"))
        Assert.Equal(1, (store.Counts "s").Pending)

    [<Fact>]
    member this.``Wherever the clock jumps to, a live attempt goes on writing and keeps its lease's length``() =
        use store = this.With(Some.plan "s" 1 [ 3 ])
        let claim = Some.claim store "s"

        for epoch, jump in [ 1, TimeSpan.FromDays 400.; 2, TimeSpan.FromDays -800.; 3, TimeSpan.Zero ] do
            clock.Move jump

            let answer =
                store.RecordEpoch(claim.Token, epoch, Some.metrics epoch -1., Some.lease)

            Assert.Equal(WriteAnswer.Accepted, answer)
            let attempt = (store.Running "s").Head
            Assert.Equal(Some.lease, attempt.LeaseExpiresAt - attempt.ProgressedAt)

        Assert.Equal(WriteAnswer.Accepted, store.Finish(claim.Token, Some.completed 3 -1., ""))
        Assert.Equal(1, (store.Counts "s").Completed)

    [<Fact>]
    member this.``A trial that is lost at the same place again and again fails``() =
        use store = this.With(Some.plan "s" 1 [ 5 ])

        let states = [
            for _ in 1..4 do
                let claim = Some.claim store "s"
                store.MarkLost([ claim.Token ], "crash") |> ignore
                (List.exactlyOne (Some.results store "s").Trials).State
        ]

        Assert.Equal<TrialState list>(
            [
                TrialState.Pending
                TrialState.Pending
                TrialState.Pending
                TrialState.Failed
            ],
            states
        )

    [<Fact>]
    member this.``A trial that gets further between losses is never given up``() =
        use store = this.With(Some.plan "s" 1 [ 50 ])

        for epoch in 1..20 do
            let claim = Some.claim store "s"

            store.RecordEpoch(claim.Token, epoch, Some.metrics epoch -1., Some.lease)
            |> ignore

            store.MarkLost([ claim.Token ], "killed") |> ignore

        Assert.Equal(1, (store.Counts "s").Pending)

    [<Theory>]
    [<InlineData(AttemptOutcome.Failed, 1)>]
    [<InlineData(AttemptOutcome.Diverged, 1)>]
    [<InlineData(AttemptOutcome.OutOfMemory, 2)>]
    member this.``Each cause has its own number of attempts``(kind: AttemptOutcome, attempts: int) =
        use store = this.With(Some.plan "s" 1 [ 2 ])

        let rec tries n =
            match store.Claim(Some.request "s" "w") with
            | ClaimAnswer.Claimed claim ->
                store.Finish(claim.Token, Some.outcome kind 0, "tail") |> ignore
                tries (n + 1)
            | _ -> n

        Assert.Equal(attempts, tries 0)
        Assert.Equal(1, (store.Counts "s").Failed)

    [<Fact>]
    member this.``Preemption never uses a trial up``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])

        for _ in 1..10 do
            let claim = Some.claim store "s"
            store.Finish(claim.Token, Some.outcome AttemptOutcome.Preempted 0, "") |> ignore

        Assert.Equal(1, (store.Counts "s").Pending)

    [<Fact>]
    member this.``A trial that ran out of memory waits until it can run alone``() =
        use store = this.With(Some.plan "s" 2 [ 2 ])
        let first = Some.claim store "s"

        store.Finish(first.Token, Some.outcome AttemptOutcome.OutOfMemory 0, "")
        |> ignore

        let second = Some.claim store "s"
        Assert.NotEqual<string>(first.Specification.Id, second.Specification.Id)
        Assert.Equal(ClaimAnswer.Wait, store.Claim(Some.request "s" "w"))
        store.Finish(second.Token, Some.completed 2 -1., "") |> ignore

        Assert.Equal(first.Specification.Id, (Some.claim store "s").Specification.Id)

    [<Fact>]
    member this.``A failure says why in the sweep's status``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"

        store.Finish(claim.Token, Some.outcome AttemptOutcome.Failed 0, "the last line")
        |> ignore

        let status = store.Status "s" |> Option.get
        let failed = List.exactlyOne status.Failures

        Assert.Equal("an error", failed.Error)
        Assert.Equal("the last line", failed.LogTail)
        // Settled, but neither trained nor spared.
        Assert.Equal((2, 2, 2, 0), (status.Epochs, status.EpochsDone, status.EpochsLost, status.EpochsSaved))

    [<Fact>]
    member this.``Failed trials live again when asked for, with fresh retries``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"

        store.Finish(claim.Token, Some.outcome AttemptOutcome.OutOfMemory 0, "")
        |> ignore

        let again = Some.claim store "s"

        store.Finish(again.Token, Some.outcome AttemptOutcome.OutOfMemory 0, "")
        |> ignore

        Assert.Equal(1, store.RetryFailed "s")
        let third = Some.claim store "s"

        store.Finish(third.Token, Some.outcome AttemptOutcome.OutOfMemory 0, "")
        |> ignore

        Assert.Equal(1, (store.Counts "s").Pending)

    [<Fact>]
    member this.``Asking for more epochs reopens a completed trial and keeps its figures until then``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"
        store.Finish(claim.Token, Some.completed 2 -5., "") |> ignore

        Assert.Equal(1, store.SavePlan(Some.plan "s" 1 [ 2; 4 ], "m").Reopened)
        Assert.Equal(2, (Some.results store "s").Metrics.Length)
        let again = Some.claim store "s"
        Assert.Equal<int seq>([ 2; 4 ], again.Specification.Epochs)
        store.Finish(again.Token, Some.completed 4 -4., "") |> ignore
        Assert.Equal(4, (Some.results store "s").Metrics.Length)

    [<Fact>]
    member this.``A budget that grew while the trial ran makes it go on after its completion``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let claim = Some.claim store "s"
        store.SavePlan(Some.plan "s" 1 [ 2; 4 ], "m") |> ignore
        store.Finish(claim.Token, Some.completed 2 -5., "") |> ignore

        Assert.Equal(1, (store.Counts "s").Pending)

    [<Fact>]
    member this.``Trials that are no longer asked for are kept, marked and not taken``() =
        use store = this.With(Some.plan "s" 3 [ 2 ])

        Assert.Equal(2, store.SavePlan(Some.plan "s" 1 [ 2 ], "m").Orphaned)
        Assert.Equal(1, (store.Counts "s").Planned)
        Some.claim store "s" |> ignore
        Assert.Equal(ClaimAnswer.Wait, store.Claim(Some.request "s" "w"))
        Assert.Equal(0, store.SavePlan(Some.plan "s" 3 [ 2 ], "m").Orphaned)

    [<Fact>]
    member this.``A trial of two sweeps is trained once and lies where it was trained first``() =
        use store = this.With(Some.plan "first" 1 [ 2 ])
        store.SavePlan(Some.plan "second" 1 [ 2 ], "m") |> ignore
        let claim = Some.claim store "second"
        Assert.StartsWith("second/", claim.Folder)
        Assert.Equal(ClaimAnswer.Wait, store.Claim(Some.request "first" "w"))
        store.Finish(claim.Token, Some.completed 2 -5., "") |> ignore

        Assert.Equal(1, (store.Counts "first").Completed)
        Assert.StartsWith("second/", (List.exactlyOne (Some.results store "first").Trials).Folder)

    [<Fact>]
    member this.``A resumed attempt shows the figures so far``() =
        use store = this.With(Some.plan "s" 1 [ 3 ])
        let claim = Some.claim store "s"
        store.RecordResumed(claim.Token, 1, Some.metrics 1 -7., Some.lease) |> ignore
        let results = Some.results store "s"

        Assert.Equal(1, (List.exactlyOne results.Attempts).StartEpoch)
        Assert.Equal(-7., (List.exactlyOne results.Metrics).Value)

    [<Fact>]
    member this.``Repair sets right what contradicts the attempts``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        Assert.Empty(store.Repair "s")
        Some.claim store "s" |> ignore
        Assert.Empty(store.Repair "s")

    [<Fact>]
    member this.``Ten thousand trials are planned and read back in order``() =
        use store = this.Open clock
        let plan = Some.plan "s" 10000 [ 10 ]
        store.SavePlan(plan, "m") |> ignore

        Assert.Equal<string seq>(plan.Trials |> Seq.map _.Id, (Some.results store "s").Trials |> Seq.map _.Id)

    [<Fact>]
    member this.``An unknown sweep has no results``() =
        use store = this.Open clock
        Assert.True((store.Results "none").IsNone)
        Assert.True((store.Status "none").IsNone)

    [<Fact>]
    member this.``A trial that becomes pending again is taken before later ones``() =
        use store = this.With(Some.plan "s" 4 [ 2 ])
        let first = Some.claim store "s"
        Some.claim store "s" |> ignore
        store.MarkLost([ first.Token ], "gone") |> ignore

        Assert.Equal(first.Specification.Id, (Some.claim store "s").Specification.Id)

    [<Fact>]
    member this.``Trials that a larger plan puts before those already taken are taken``() =
        use store = this.With(Some.planOf (Some.sweep "s") [ Some.trial 5L 1UL [ 2 ] ])
        Some.claim store "s" |> ignore

        let larger =
            Some.planOf (Some.sweep "s") [ Some.trial 4L 1UL [ 2 ]; Some.trial 5L 1UL [ 2 ] ]

        store.SavePlan(larger, "m") |> ignore

        Assert.Equal((Some.trial 4L 1UL [ 2 ]).Id, (Some.claim store "s").Specification.Id)

    [<Fact>]
    member this.``A coordinator that is asked to stop learns it from its next beat``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let coordinator = Some.processRecord "c" "coordinator"
        let worker = Some.processRecord "w" "worker"

        Assert.False(store.Beat coordinator)
        Assert.False(store.Beat worker)
        Assert.Equal<ProcessRecord list>([ coordinator ], store.AskToStop "s")
        Assert.True(store.Beat coordinator)
        Assert.False(store.Beat worker)

    [<Fact>]
    member this.``A new process with an old name is not asked to stop``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        let old = Some.processRecord "c" "coordinator"
        store.Beat old |> ignore
        store.AskToStop "s" |> ignore

        Assert.False(store.Beat { old with Process = "a later one" })

    [<Fact>]
    member this.``A process that has left is not asked``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])
        store.Beat(Some.processRecord "c" "coordinator") |> ignore
        store.Leave "c"

        Assert.Empty(store.AskToStop "s")

    [<Fact>]
    member this.``Pruning deletes what no plan asks for and nothing else``() =
        use store = this.With(Some.plan "s" 3 [ 2 ])
        let claim = Some.claim store "s"
        store.Finish(claim.Token, Some.completed 2 -5., "") |> ignore
        let kept = [ Some.trial 3L 1UL [ 2 ] ]
        store.SavePlan(Some.planOf (Some.sweep "s") kept, "m") |> ignore

        Assert.Equal<string list>(
            [ (Some.trial 1L 1UL [ 2 ]).Id; (Some.trial 2L 1UL [ 2 ]).Id ],
            store.Orphans(Some "s") |> List.map _.TrialId
        )

        Assert.Equal(2, (store.Prune(Some "s")).Length)
        Assert.Empty(store.Orphans None)
        Assert.Equal<string list>([ (List.head kept).Id ], (Some.results store "s").Trials |> List.map _.Id)
        Assert.Equal(1, store.Folders().Length)

    [<Fact>]
    member this.``A trial that another sweep asks for outlives its pruning here``() =
        use store = this.With(Some.plan "s" 2 [ 2 ])
        store.SavePlan(Some.plan "other" 1 [ 2 ], "m") |> ignore

        store.SavePlan(Some.planOf (Some.sweep "s") [ Some.trial 2L 1UL [ 2 ] ], "m")
        |> ignore

        Assert.True((List.exactlyOne (store.Orphans(Some "s"))).Shared)
        Assert.Empty(store.Prune(Some "s"))
        Assert.Equal(1, (Some.results store "other").Trials.Length)

    [<Fact>]
    member this.``A trial under way is not pruned``() =
        use store = this.With(Some.plan "s" 2 [ 2 ])
        Some.claim store "s" |> ignore

        store.SavePlan(Some.planOf (Some.sweep "s") [ Some.trial 2L 1UL [ 2 ] ], "m")
        |> ignore

        Assert.Empty(store.Prune None)
        Assert.Equal(2, store.Folders().Length)
