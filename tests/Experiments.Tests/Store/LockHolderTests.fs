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

let private about holder = LockHolder.describe (Some holder)
let private remedy holder = LockHolder.remedy (Some holder)

// A process that just began shows its command a moment later, as a signal takes effect a moment later.
let private assertSoon (expected: string) (said: unit -> string) =
    SpinWait.SpinUntil((fun () -> said () = expected), 10_000) |> ignore
    Assert.Equal(expected, said ())

[<Fact>]
let ``A process that works is named with its command`` () =
    whileRunning (fun child holder ->
        assertSoon $"process {child.Id} (sleep 600)" (fun () -> about holder)
        Assert.Contains($"kill {child.Id}", remedy holder))

[<Fact>]
let ``A suspended process is called that, and how it goes on is said`` () =
    whileRunning (fun child holder ->
        send "STOP" child
        assertSoon $"process {child.Id} (sleep 600), which is suspended," (fun () -> about holder)
        Assert.Contains($"kill -CONT {child.Id}", remedy holder))

[<Fact>]
let ``A process of another machine is named with the machine`` () =
    Assert.Equal("process 7 on far", about { Host = "far"; ProcessId = 7 })

[<Fact>]
let ``A process that is gone has no command`` () =
    let gone = {
        Host = Environment.MachineName
        ProcessId = Int32.MaxValue
    }

    Assert.Equal($"process {Int32.MaxValue}", about gone)

[<Fact>]
let ``A process that cannot be seen is another one`` () =
    Assert.Equal("another process", LockHolder.describe None)
