/// How much of a core each thread gets beside what else runs on this machine now.
module Orchestrator.Experiments.Launch.CoreShare

open System
open System.Diagnostics
open System.Threading

// Several of the scheduler's turns.
let private span = TimeSpan.FromMilliseconds 250.

let private spin () =
    let clock = Stopwatch.StartNew()

    while clock.Elapsed < span do
        Thread.SpinWait 1000

/// The share, from 0 to 1, that each of so many busy threads gets.
let measure (threads: int) : float =
    use self = Process.GetCurrentProcess()
    let before = self.TotalProcessorTime
    let clock = Stopwatch.StartNew()
    let busy = [ for _ in 1..threads -> Thread spin ]

    for thread in busy do
        thread.Start()

    for thread in busy do
        thread.Join()

    let wall = clock.Elapsed.TotalSeconds
    self.Refresh()
    let used = (self.TotalProcessorTime - before).TotalSeconds
    used / (wall * float threads) |> min 1. |> max 0.01
