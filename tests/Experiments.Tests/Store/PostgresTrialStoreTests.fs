namespace Orchestrator.Experiments.Tests.Store

open System
open System.Threading.Tasks
open Orchestrator.Experiments.Store
open Xunit

/// The store over PostgreSQL.
type PostgresTrialStoreTests(fixture: PostgresFixture) =
    inherit TrialStoreContract()

    let address =
        lazy
            (match fixture.Server with
             | Some server -> server.NewDatabase()
             | None -> invalidOp "no server")

    let opened clock =
        if fixture.Server.IsNone then
            Assert.Skip "PostgreSQL is not installed (apt-get install postgresql)"

        new SqlTrialStore(PostgresDatabase.openForWork clock (address.Force()) |> Some.ok)

    override _.Open clock = opened clock

    [<Fact>]
    member _.``Ten connections take and complete every trial once``() =
        do
            use store = opened TimeProvider.System :> ITrialStore
            store.SavePlan(Some.plan "s" 40 [ 3 ], "m") |> ignore

        let rec work (store: ITrialStore) =
            match store.Claim(Some.request "s" "w") with
            | ClaimAnswer.Claimed claim ->
                store.RecordEpoch(claim.Token, 1, Some.metrics 1 -1., Some.lease) |> ignore
                store.Finish(claim.Token, Some.completed 3 -1., "") |> ignore
                work store
            | _ -> ()

        let worker () =
            use store = opened TimeProvider.System :> ITrialStore
            work store

        Task.WaitAll [|
            for _ in 1..10 -> Task.Factory.StartNew(worker, TaskCreationOptions.LongRunning)
        |]

        use store = opened TimeProvider.System :> ITrialStore
        Assert.Equal(40, (store.Counts "s").Completed)
        Assert.Equal(40, (Some.results store "s").Attempts.Length)

    [<Theory>]
    [<InlineData("postgres://user:secret@host")>]
    [<InlineData("mysql://user:secret@host/results")>]
    [<InlineData("results")>]
    member _.``An address that is none is refused without repeating it``(text: string) =
        match PostgresDatabase.openToRead TimeProvider.System text with
        | Error problems -> Assert.DoesNotContain("secret", string (List.exactlyOne problems))
        | Ok _ -> Assert.Fail "it was opened"

    [<Fact>]
    member _.``A server that is not there is a problem and no crash``() =
        match PostgresDatabase.openForWork TimeProvider.System "postgres://user:secret@127.0.0.1:1/results" with
        | Error problems ->
            let text = string (List.exactlyOne problems)
            Assert.Contains("cannot be reached", text)
            Assert.DoesNotContain("secret", text)
        | Ok _ -> Assert.Fail "it was opened"

    interface IClassFixture<PostgresFixture>

/// Estimates in PostgreSQL.
type PostgresEstimateTests(fixture: PostgresFixture) =
    inherit EstimateStoreContract()

    override _.Open clock =
        match fixture.Server with
        | Some server -> new SqlTrialStore(PostgresDatabase.openForWork clock (server.NewDatabase()) |> Some.ok)
        | None ->
            Assert.Skip "PostgreSQL is not installed (apt-get install postgresql)"
            invalidOp "skipped"

    interface IClassFixture<PostgresFixture>

/// Waiting for PostgreSQL.
type PostgresLockTests(fixture: PostgresFixture) =
    inherit LockedStoreContract()

    let address = lazy (fixture.Server |> Option.map _.NewDatabase())

    override _.Open clock =
        match address.Force() with
        | Some address -> PostgresDatabase.openForWork clock address |> Some.ok
        | None ->
            Assert.Skip "PostgreSQL is not installed (apt-get install postgresql)"
            invalidOp "skipped"

    interface IClassFixture<PostgresFixture>
