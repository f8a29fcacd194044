/// What a worker does about troubles that are not its trial's.
module Orchestrator.Experiments.Tests.Launch.WorkerTests

open System
open System.Collections.Immutable
open System.IO
open System.Threading
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store
open Orchestrator.Experiments.Tests.Store
open Xunit

/// A coordinator that tells its worker to stop when its first trial is under way.
type private Coordinator() =
    inherit TextReader()
    let begun = new ManualResetEventSlim()
    member _.HearOfTrial() = begun.Set()

    override _.ReadLine() =
        begun.Wait()
        "stop"

let private worker (folder: string) orders train =
    let services: Worker.WorkerServices = {
        Train = train
        Torch = fun () -> []
        Liveness = {
            Liveness.standard with
                Hold = TimeSpan.FromSeconds 1.
        }
    }

    let options: Worker.WorkerOptions = {
        Sweep = "s"
        Results = folder
        Name = "w"
        Data = None
        Threads = 1
        Device = "cpu"
    }

    Worker.run services options orders TextWriter.Null

// Its first epoch is done while another process keeps the database, and that for as long as the worker tries.
let private trainLocked (coordinator: Coordinator) folder : Worker.Train =
    fun _ _ observer stop ->
        coordinator.HearOfTrial()
        stop.WaitHandle.WaitOne() |> ignore
        use other = SqliteDatabase.openForWork TimeProvider.System folder |> Some.ok

        other.Write(fun _ ->
            observer.EpochCompleted(1, ImmutableArray.CreateRange(Some.metrics 1 -1.))
            |> ignore)

        TrialOutcome(Outcome = AttemptOutcome.Completed, EpochsDone = 1)

[<Fact>]
let ``A database that cannot be written is no failure of the trial's`` () =
    use folder = new Some.Folder()

    use store =
        new SqlTrialStore(SqliteDatabase.openForWork TimeProvider.System folder.Path |> Some.ok) :> ITrialStore

    store.SavePlan(Some.plan "s" 1 [ 3 ], "m") |> ignore

    use coordinator = new Coordinator()

    let error =
        Assert.Throws<ProblemException>(fun () ->
            worker folder.Path coordinator (trainLocked coordinator folder.Path) |> ignore)

    Assert.Contains("keeps the database locked", (Seq.exactlyOne error.Problems).Cause)
    Assert.Equal(1, (store.Counts "s").Pending)
    let attempt = Assert.Single((Some.results store "s").Attempts)
    Assert.Equal(Some AttemptOutcome.Preempted, attempt.Outcome)
