/// Random interleavings of what workers, coordinators and the dead can do to the store.
module Orchestrator.Experiments.Tests.Store.InterleavingTests

open System
open System.Collections.Generic
open FsCheck
open FsCheck.FSharp
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store
open Xunit

/// One step; numbers choose among the attempts made so far.
type Step =
    | Claim
    | Epoch of attempt: int
    | Complete of attempt: int
    | Fail of attempt: int
    | Preempt of attempt: int
    | Expire
    | Renew of attempt: int
    | Plan of epochs: int

let private steps =
    let pick = Gen.choose (0, 30)

    Gen.frequency [
        6, Gen.constant Claim
        6, Gen.map Epoch pick
        4, Gen.map Complete pick
        1, Gen.map Fail pick
        2, Gen.map Preempt pick
        2, Gen.constant Expire
        2, Gen.map Renew pick
        1, Gen.map Plan (Gen.choose (2, 4))
    ]
    |> Gen.listOf

/// What an outsider knows of an attempt.
type private Known = {
    Claim: TrialClaim
    mutable Ended: AttemptOutcome option
    mutable Epochs: int
    mutable SignAt: DateTimeOffset
    /// The last sign when someone last looked at the attempts.
    mutable SeenAt: DateTimeOffset
}

type private World(store: ITrialStore, clock: Some.Clock) =
    let attempts = List<Known>()
    let now () = clock.GetUtcNow()

    // A write is taken exactly while the attempt has not ended.
    let expect (known: Known) answer =
        let wanted =
            if known.Ended.IsNone then
                WriteAnswer.Accepted
            else
                WriteAnswer.Superseded

        Assert.Equal(wanted, answer)

        if known.Ended.IsNone then
            known.SignAt <- now ()

    let finish (known: Known) (outcome: TrialOutcome) =
        let answer = store.Finish(known.Claim.Token, outcome, "")

        let wanted =
            match known.Ended with
            | None -> WriteAnswer.Accepted
            | Some kind when kind = outcome.Outcome -> WriteAnswer.Accepted
            | Some _ -> WriteAnswer.Superseded

        Assert.Equal(wanted, answer)

        if known.Ended.IsNone then
            known.Ended <- Some outcome.Outcome

    let chosen number work =
        if attempts.Count > 0 then
            work attempts[number % attempts.Count]

    member _.Take step =
        match step with
        | Claim ->
            match store.Claim(Some.request "s" "w") with
            | ClaimAnswer.Claimed claim ->
                let same (known: Known) =
                    known.Claim.Specification.Id = claim.Specification.Id

                Assert.All(attempts |> Seq.filter same, (fun known -> Assert.True known.Ended.IsSome))

                attempts.Add {
                    Claim = claim
                    Ended = None
                    Epochs = 0
                    SignAt = now ()
                    SeenAt = now ()
                }
            | _ -> ()
        | Epoch number ->
            chosen number (fun known ->
                let epoch = known.Epochs + 1
                expect known (store.RecordEpoch(known.Claim.Token, epoch, Some.metrics epoch -1., Some.lease))

                if known.Ended.IsNone then
                    known.Epochs <- epoch)
        | Complete number ->
            chosen number (fun known ->
                // Each attempt's figures are its token, which shows whose they are.
                finish known (Some.completed known.Claim.Specification.Budget (float known.Claim.Token)))
        | Fail number -> chosen number (fun known -> finish known (Some.outcome AttemptOutcome.Failed known.Epochs))
        | Preempt number ->
            chosen number (fun known -> finish known (Some.outcome AttemptOutcome.Preempted known.Epochs))
        | Renew number ->
            chosen number (fun known ->
                let progress = TrialProgress(1, 1, 2, Nullable(), "training")
                expect known (store.Renew(known.Claim.Token, progress, Some.lease)))
        | Plan epochs -> store.SavePlan(Some.plan "s" 4 [ epochs ], "m") |> ignore
        | Expire ->
            clock.Move(TimeSpan.FromSeconds 40.)

            for known in attempts do
                let silent = known.Ended.IsNone && known.SignAt = known.SeenAt
                Assert.Equal(silent, store.MarkSilent(known.Claim.Token, known.SeenAt, "silent"))

                if silent then
                    known.Ended <- Some AttemptOutcome.Lost

                known.SeenAt <- known.SignAt

    member _.Check() =
        let results = Some.results store "s"
        // What is on disk is not this test's matter.
        let books = BooksCheck.audit "." { results with Artifacts = [] }
        Assert.Empty books.Faults
        Assert.Equal(attempts |> Seq.filter _.Ended.IsNone |> Seq.length, books.Counts.Running)

        for trial in results.Trials do
            match trial.EffectiveAttempt with
            | Some number ->
                let effective =
                    attempts
                    |> Seq.find (fun known -> known.Claim.Specification.Id = trial.Id && known.Claim.Number = number)

                let figures =
                    results.Metrics |> List.filter (fun metric -> metric.TrialId = trial.Id)

                Assert.Equal(Some AttemptOutcome.Completed, effective.Ended)
                Assert.All(figures, (fun metric -> Assert.Equal(float effective.Claim.Token, metric.Value)))
            | None -> Assert.NotEqual(TrialState.Completed, trial.State)

[<Fact>]
let ``Whatever happens in whatever order, the books balance and only live attempts write`` () =
    let property plan =
        use folder = new Some.Folder()
        let clock = Some.Clock()

        use store: ITrialStore =
            new SqlTrialStore(SqliteDatabase.openForWork clock folder.Path |> Some.ok)

        store.SavePlan(Some.plan "s" 4 [ 2 ], "m") |> ignore
        let world = World(store, clock)

        for step in plan do
            world.Take step
            world.Check()

    let arbitrary = Arb.fromGen steps
    Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(60), Prop.forAll arbitrary property)
