/// What is said of a process that keeps the database locked.
module Orchestrator.Experiments.Tests.Store.LockHolderTests

open System
open System.Diagnostics
open System.Threading
open Orchestrator.Experiments.Store
open Xunit

let private send (signal: string) (child: Process) =
    use kill = Process.Start("kill", [ $"-{signal}"; string child.Id ])
    kill.WaitForExit()
    Assert.Equal(0, kill.ExitCode)

let private whileRunning (work: Process -> LockHolder -> unit) =
    use child = Process.Start("sleep", [ "600" ])

    try
        work child {
            Host = Environment.MachineName
            ProcessId = child.Id
        }
    finally
        child.Kill()
        child.WaitForExit()

let private about holder =
    LockHolder.problem "results.db" (Some holder)

// A process that just began shows its command a moment later, as a signal takes effect a moment later.
let private assertSoon (said: unit -> string) (ending: string) =
    SpinWait.SpinUntil((fun () -> said().EndsWith(ending, StringComparison.Ordinal)), 10_000)
    |> ignore

    Assert.EndsWith(ending, said ())

[<Fact>]
let ``A process that works is named with its command`` () =
    whileRunning (fun child holder ->
        assertSoon (fun () -> (about holder).Cause) $"by process {child.Id} (sleep 600)"
        Assert.Contains($"kill {child.Id}", (about holder).Remedy))

[<Fact>]
let ``A suspended process is called that, and how it goes on is said`` () =
    whileRunning (fun child holder ->
        send "STOP" child
        assertSoon (fun () -> (about holder).Cause) "which is suspended"
        Assert.Contains($"kill -CONT {child.Id}", (about holder).Remedy))

[<Fact>]
let ``A process of another machine is named with the machine`` () =
    let problem = about { Host = "far"; ProcessId = 7 }
    Assert.EndsWith("by process 7 on far", problem.Cause)

[<Fact>]
let ``A process that is gone has no command`` () =
    let problem =
        about {
            Host = Environment.MachineName
            ProcessId = Int32.MaxValue
        }

    Assert.EndsWith($"by process {Int32.MaxValue}", problem.Cause)
