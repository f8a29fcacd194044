// Over 300 lines: the contract is one list of sentences that every database passes.
namespace Orchestrator.Experiments.Tests.Store

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Store
open Xunit

/// What every implementation of the store promises about hopeless trials, trainings that stop early and proposals.
[<AbstractClass>]
type PruningContract() =
    let clock = Some.Clock()

    /// A new, empty store under the clock.
    abstract Open: Some.Clock -> ITrialStore

    member private this.With(pruner, count, epochs) =
        let store = this.Open clock
        store.SavePlan(PruningContract.Plan(pruner, count, epochs), "m") |> ignore
        store

    static member private Plan(pruner, count, epochs) : Plan =
        let plan = Some.plan "s" count [ epochs ]

        {
            plan with
                Sweep = { plan.Sweep with Pruner = pruner }
        }

    /// Trains the next trial epoch by epoch with these figures, until it is stopped or at its end.
    static member private Train (store: ITrialStore) (values: float list) =
        let claim = Some.claim store "s"

        let stopped =
            values
            |> List.indexed
            |> List.tryPick (fun (index, value) ->
                match store.RecordEpoch(claim.Token, index + 1, Some.metrics (index + 1) value, Some.lease) with
                | WriteAnswer.Hopeless reason -> Some(index + 1, reason)
                | WriteAnswer.Accepted -> None
                | WriteAnswer.Superseded -> invalidOp "superseded")

        match stopped with
        | Some(epoch, _) ->
            store.Finish(claim.Token, Some.outcome AttemptOutcome.Pruned epoch, "")
            |> ignore
        | None ->
            store.Finish(claim.Token, Some.completed values.Length (List.last values), "")
            |> ignore

        stopped

    static member private States(store: ITrialStore) =
        (Some.results store "s").Trials |> List.map _.State

    // What is on disk is not this test's matter.
    static member private Balance(store: ITrialStore) =
        let books =
            BooksCheck.audit "." {
                Some.results store "s" with
                    Artifacts = []
            }

        Assert.Empty books.Faults

    static member private Median = Pruner.Median(1, 2, 1)
    static member private Halving = Pruner.SuccessiveHalving(3, 1)

    [<Fact>]
    member this.``A trial behind the median of the others is stopped, with its figures and the reason kept``() =
        use store = this.With(PruningContract.Median, 3, 4)
        let train = PruningContract.Train store
        Assert.Equal(None, train [ -4.; -3.; -2.; -1. ])
        Assert.Equal(None, train [ -4.; -3.; -2.; -1. ])
        let epoch, reason = Option.get (train [ -9.; -8.; -7.; -6. ])

        Assert.Equal(2, epoch)
        Assert.Contains("the median of 2 trials", reason)
        Assert.Equal(1, (store.Counts "s").Pruned)
        let trial = (Some.results store "s").Trials |> List.last
        Assert.Equal((TrialState.Pruned, 2, None), (trial.State, trial.EpochsDone, trial.EffectiveAttempt))

        Assert.Equal<float list>(
            [ -9.; -8. ],
            (Some.results store "s").Metrics
            |> List.filter (fun metric -> metric.TrialId = trial.Id)
            |> List.map _.Value
        )

        let decision =
            store.Decisions "s"
            |> List.filter (fun decision -> decision.Verdict = "stop")
            |> List.exactlyOne

        Assert.Equal(("stop", -8., Some -1., 2), (decision.Verdict, decision.Value, decision.Bound, decision.Compared))

        PruningContract.Balance store

    [<Fact>]
    member this.``A retry of failed trials and the same plan again leave a pruned trial alone``() =
        use store = this.With(PruningContract.Median, 3, 4)

        for values in [ [ -1.; -1.; -1.; -1. ]; [ -1.; -1.; -1.; -1. ]; [ -9.; -9. ] ] do
            PruningContract.Train store values |> ignore

        Assert.Equal(0, store.RetryFailed "s")

        for epochs in [ 4; 8 ] do
            store.SavePlan(PruningContract.Plan(PruningContract.Median, 3, epochs), "m")
            |> ignore

            Assert.Equal(TrialState.Pruned, List.last (PruningContract.States store))

    [<Fact>]
    member this.``Without the pruner, and where its new settings would not have stopped it, a trial goes on``() =
        for pruner in [ Pruner.Off; Pruner.Median(3, 2, 1); Pruner.Median(1, 3, 1) ] do
            use store = this.With(PruningContract.Median, 3, 5)

            for values in [ [ -1.; -1.; -1.; -1.; -1. ]; [ -1.; -1.; -1.; -1.; -1. ]; [ -9.; -9. ] ] do
                PruningContract.Train store values |> ignore

            Assert.Equal(TrialState.Pruned, List.last (PruningContract.States store))
            store.SavePlan(PruningContract.Plan(pruner, 3, 5), "m") |> ignore
            Assert.Equal(TrialState.Pending, List.last (PruningContract.States store))
            Assert.Contains(store.Decisions "s", (fun decision -> decision.Verdict = "resumed"))

            // What was decided goes with the trials that it was about.
            store.SavePlan(PruningContract.Plan(pruner, 2, 5), "m") |> ignore
            Assert.Equal(1, (store.Prune(Some "s")).Length)
            this.Fresh()

    /// A store whose state later tests of the same instance do not see.
    abstract Fresh: unit -> unit

    [<Fact>]
    member this.``A decision stands when the worker is lost before it could stop``() =
        use store = this.With(PruningContract.Median, 3, 4)

        for _ in 1..2 do
            PruningContract.Train store [ -1.; -1.; -1.; -1. ] |> ignore

        let claim = Some.claim store "s"
        store.RecordEpoch(claim.Token, 1, Some.metrics 1 -9., Some.lease) |> ignore
        store.RecordEpoch(claim.Token, 2, Some.metrics 2 -9., Some.lease) |> ignore
        store.MarkLost([ claim.Token ], "gone") |> ignore
        let trial = (Some.results store "s").Trials |> List.last

        Assert.Equal(TrialState.Pruned, trial.State)
        Assert.StartsWith("stopped at epoch 2", Option.get trial.Error)
        Assert.Equal(ClaimAnswer.Nothing, store.Claim(Some.request "s" "w"))

        PruningContract.Balance store

    [<Fact>]
    member this.``A training that is taken up at an epoch is judged there, where nobody judged it``() =
        use store = this.With(PruningContract.Median, 3, 4)

        for _ in 1..2 do
            PruningContract.Train store [ -1.; -1.; -1.; -1. ] |> ignore

        let lost = Some.claim store "s"
        store.RecordEpoch(lost.Token, 1, Some.metrics 1 -9., Some.lease) |> ignore
        store.MarkLost([ lost.Token ], "gone") |> ignore
        let claim = Some.claim store "s"
        let figures = [ MetricValue(1, "val/elbo", -9.); MetricValue(2, "val/elbo", -9.) ]

        match store.RecordResumed(claim.Token, 2, figures, Some.lease) with
        | WriteAnswer.Hopeless reason -> Assert.StartsWith("stopped at epoch 2", reason)
        | other -> Assert.Fail $"{other}"

    [<Fact>]
    member this.``A trial that another sweep wants to its end is not stopped``() =
        use store = this.With(PruningContract.Median, 3, 4)
        let whole = Some.plan "other" 3 [ 4 ]

        store.SavePlan(
            {
                whole with
                    Trials = [ List.last whole.Trials ]
            },
            "m"
        )
        |> ignore

        for _ in 1..2 do
            PruningContract.Train store [ -1.; -1.; -1.; -1. ] |> ignore

        Assert.Equal(None, PruningContract.Train store [ -9.; -9.; -9.; -9. ])

    [<Fact>]
    member this.``A sweep without a pruner takes a trial on that another one stopped``() =
        use store = this.With(PruningContract.Median, 3, 4)

        for values in [ [ -1.; -1.; -1.; -1. ]; [ -1.; -1.; -1.; -1. ]; [ -9.; -9. ] ] do
            PruningContract.Train store values |> ignore

        store.SavePlan(Some.plan "other" 3 [ 4 ], "m") |> ignore
        Assert.Equal(1, (store.Counts "other").Pending)

    [<Fact>]
    member this.``Of three at a rung the best goes on, and a stopped one follows when it moves up``() =
        use store = this.With(PruningContract.Halving, 6, 9)
        let train = PruningContract.Train store
        Assert.Equal(Some 1, train [ -5. ] |> Option.map fst)
        Assert.Equal(Some 1, train [ -6. ] |> Option.map fst)
        // The third makes room for one, and the first is the best of them.
        Assert.Equal(Some 1, train [ -7. ] |> Option.map fst)
        let resumed = Some.claim store "s"
        Assert.Equal((Some.plan "s" 6 [ 9 ]).Trials[0].Id, resumed.Specification.Id)
        Assert.Equal(2, resumed.Number)

        Assert.Equal(
            1,
            store.Decisions "s"
            |> List.filter (fun decision -> decision.Verdict = "resumed")
            |> List.length
        )

        // It is not judged a second time at the rung that it has passed.
        Assert.Equal(WriteAnswer.Accepted, store.RecordResumed(resumed.Token, 1, Some.metrics 1 -5., Some.lease))

    [<Fact>]
    member this.``A failure makes no room at a rung that is full, and the last ones have a winner``() =
        use store = this.With(PruningContract.Halving, 2, 9)
        let train = PruningContract.Train store
        train [ -5. ] |> ignore
        let failing = Some.claim store "s"
        store.Finish(failing.Token, Some.outcome AttemptOutcome.Failed 0, "") |> ignore

        // Nobody else will come to the rung: the one that waits there goes on, to every further rung and the end.
        let winner = Some.claim store "s"

        for epoch in 2..9 do
            Assert.Equal(
                WriteAnswer.Accepted,
                store.RecordEpoch(winner.Token, epoch, Some.metrics epoch -4., Some.lease)
            )

        store.Finish(winner.Token, Some.completed 9 -4., "") |> ignore
        Assert.Equal<TrialState list>([ TrialState.Completed; TrialState.Failed ], PruningContract.States store)

    [<Fact>]
    member this.``A training that stopped early is completed for every budget``() =
        use store = this.With(Pruner.Off, 1, 9)
        let claim = Some.claim store "s"

        let outcome =
            TrialOutcome(
                Outcome = AttemptOutcome.Completed,
                EpochsDone = 4,
                StoppedEarly = true,
                WeightsDigest = "digest"
            )

        Assert.Equal(WriteAnswer.Accepted, store.Finish(claim.Token, outcome, ""))

        for epochs in [ 9; 20 ] do
            let saved = store.SavePlan(PruningContract.Plan(Pruner.Off, 1, epochs), "m")
            Assert.Equal(0, saved.Reopened)
            let trial = List.exactlyOne (Some.results store "s").Trials
            Assert.Equal((TrialState.Completed, true, 4), (trial.State, trial.StoppedEarly, trial.EpochsDone))

            PruningContract.Balance store

    [<Fact>]
    member this.``Proposals are planned once, wherever two coordinators make them``() =
        use store = this.Open clock
        let plan = Some.plan "s" 2 [ 3 ]
        store.SavePlan({ plan with ToPropose = 3 }, "m") |> ignore
        Assert.Equal(3, store.ToCome "s")

        for _ in 1..2 do
            PruningContract.Train store [ -1.; -1.; -1. ] |> ignore

        // Nothing is pending, and still the sweep is not over.
        Assert.Equal(ClaimAnswer.Wait, store.Claim(Some.request "s" "w"))

        let proposal: Proposal = {
            Declared = ParameterSet.Empty
            Number = 2
            Known = 2
            Good = 1
            Waiting = 0
            Score = Some 0.5
            Digest = "digest"
        }

        let proposed = [ proposal, [ Some.trial 7L 1UL [ 3 ] ] ]
        Assert.True(store.Propose("s", 2, proposed))
        Assert.False(store.Propose("s", 2, [ proposal, [ Some.trial 8L 1UL [ 3 ] ] ]))
        Assert.Equal((3, 2), ((store.Counts "s").Planned, store.ToCome "s"))
        Assert.Equal((Some.trial 7L 1UL [ 3 ]).Id, (Some.claim store "s").Specification.Id)

        // A space that holds no more ends the waiting.
        Assert.True(store.Propose("s", 3, []))
        Assert.Equal(0, store.ToCome "s")

/// The same over SQLite.
type SqlitePruningTests() =
    inherit PruningContract()
    let mutable folder = new Some.Folder()

    override _.Open clock =
        new SqlTrialStore(SqliteDatabase.openForWork clock folder.Path |> Some.ok)

    override _.Fresh() =
        (folder :> IDisposable).Dispose()
        folder <- new Some.Folder()

    interface IDisposable with
        member _.Dispose() = (folder :> IDisposable).Dispose()

/// The same over PostgreSQL.
type PostgresPruningTests(fixture: PostgresFixture) =
    inherit PruningContract()

    let fresh () =
        match fixture.Server with
        | Some server -> server.NewDatabase()
        | None -> ""

    let mutable address = fresh ()

    override _.Open clock =
        if fixture.Server.IsNone then
            Assert.Skip "PostgreSQL is not installed (apt-get install postgresql)"

        new SqlTrialStore(PostgresDatabase.openForWork clock address |> Some.ok)

    override _.Fresh() = address <- fresh ()

    interface IClassFixture<PostgresFixture>
