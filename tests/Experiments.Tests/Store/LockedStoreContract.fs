namespace Orchestrator.Experiments.Tests.Store

open System
open System.Threading
open System.Threading.Tasks
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Store
open Xunit

/// A clock on which, from some moment on, a minute and a half passes between two looks.
type private LeapingClock() =
    inherit TimeProvider()
    let mutable leap = 0L
    let mutable leapt = 0L

    override _.GetTimestamp() =
        leapt <- leapt + leap
        base.GetTimestamp() + leapt

    member this.LeapAtEachLook() = leap <- 90L * this.TimestampFrequency

/// What every database does while another process writes to it.
[<AbstractClass>]
type LockedStoreContract() =

    /// The database, opened once more at each call.
    abstract Open: TimeProvider -> Database

    // Works with one connection while another one has the database, until that is told to leave.
    member private this.Waiting (clock: TimeProvider) (work: ManualResetEventSlim -> Database -> unit) =
        use database = this.Open clock
        use other = this.Open TimeProvider.System
        use entered = new ManualResetEventSlim()
        use leave = new ManualResetEventSlim()

        let holding () =
            other.Write(fun _ ->
                entered.Set()
                leave.Wait())

        let held = Task.Factory.StartNew(holding, TaskCreationOptions.LongRunning)
        entered.Wait()

        try
            work leave database
        finally
            leave.Set()
            held.Wait()

    [<Fact>]
    member this.``Who waits is told by whom and for how long, and goes on``() =
        let told = ResizeArray<LockHolder option * TimeSpan>()

        this.Waiting TimeProvider.System (fun leave database ->
            database.WhileLocked(
                Some(fun holder held ->
                    told.Add(holder, held)

                    if told.Count = 2 then
                        leave.Set()

                    true)
            )

            Assert.Equal(7, database.Write(fun _ -> 7)))

        let here = {
            Host = Environment.MachineName
            ProcessId = Environment.ProcessId
        }

        Assert.All(told, (fun (holder, _) -> Assert.Equal(Some here, holder)))
        Assert.True(snd told[0] < snd told[1])

    member private _.AssertNamesThisProcess(database: Database) =
        let error =
            Assert.Throws<ProblemException>(fun () -> database.Write(fun _ -> ()) |> ignore)

        let problem = Seq.exactlyOne error.Problems
        Assert.Contains($"process {Environment.ProcessId} (", problem.Cause)
        Assert.Contains("keeps the database locked", problem.Cause)
        Assert.Contains("nothing was lost", problem.Remedy)

    [<Fact>]
    member this.``Who does not wait on says what keeps the database``() =
        this.Waiting TimeProvider.System (fun _ database ->
            database.WhileLocked(Some(fun _ _ -> false))
            this.AssertNamesThisProcess database)

    [<Fact>]
    member this.``Who was told nothing else waits for a minute``() =
        let clock = LeapingClock()

        this.Waiting clock (fun _ database ->
            clock.LeapAtEachLook()
            this.AssertNamesThisProcess database)
