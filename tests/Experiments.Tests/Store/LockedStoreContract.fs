namespace Orchestrator.Experiments.Tests.Store

open System
open System.Threading
open System.Threading.Tasks
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Store
open Xunit

/// A clock on which a minute and a half passes whenever it is told to.
type private LeapingClock() =
    inherit TimeProvider()
    let mutable leaps = 0L
    override _.GetTimestamp() = base.GetTimestamp() + leaps

    member this.Leap() =
        leaps <- leaps + 90L * this.TimestampFrequency

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
        let told = ResizeArray<LockHolder * TimeSpan>()

        this.Waiting TimeProvider.System (fun leave database ->
            database.WhileLocked(fun (holder, held) ->
                told.Add(holder, held)

                if told.Count = 2 then
                    leave.Set())

            Assert.Equal(7, database.Write(fun _ -> 7)))

        Assert.All(
            told,
            fun (holder, _) ->
                Assert.Equal(Environment.ProcessId, holder.ProcessId)
                Assert.Equal(Environment.MachineName, holder.Host)
        )

        Assert.True(snd told[0] < snd told[1])

    [<Fact>]
    member this.``Who waited for a minute says what keeps the database``() =
        let clock = LeapingClock()

        this.Waiting clock (fun _ database ->
            database.WhileLocked(fun _ -> clock.Leap())

            let error =
                Assert.Throws<ProblemException>(fun () -> database.Write(fun _ -> ()) |> ignore)

            let problem = Seq.exactlyOne error.Problems
            Assert.Contains($"locked for a minute by process {Environment.ProcessId} (", problem.Cause)
            Assert.Contains("nothing was lost", problem.Remedy))
