// Thirty-two connections write epochs' figures at once, as thirty-two workers would.
// Build the program first, then: dotnet fsi bench/store-writes.fsx
#load "../scripts/env.fsx"

open System
open System.Diagnostics
open System.IO
open System.Threading
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store

let connections = 32
let epochs = 50
let figures = 13

let folder = Directory.CreateTempSubdirectory("store-writes-").FullName

let opened () =
    match TrialStore.openForWork folder with
    | Ok store -> store
    | Error problems -> invalidOp $"%A{problems}"

let trial i : PlannedTrial = {
    Id = String.Format("{0:x64}", (i: int))
    ConfigurationId = "configuration"
    Parameters = ParameterSet.Empty
    Varied = ParameterSet.Empty
    Seed = uint64 i
    Epochs = [ epochs ]
    DataFingerprint = "data"
}

let plan trials : Plan = {
    Sweep = Defaults.sweep "sweep"
    Trials = [ for i in 1..trials -> trial i ]
    ToPropose = 0
    Notes = []
}

let request i : ClaimRequest = {
    Sweep = "sweep"
    Worker = $"worker {i}"
    Host = "host"
    ProcessId = i
    Process = $"{i}"
    Device = "cpu"
    Threads = 1
    Provenance = "{}"
    Lease = TimeSpan.FromMinutes 5.
    Room = fun _ -> Int64.MaxValue
}

let values epoch = [ for i in 1..figures -> MetricValue(epoch, $"metric {i}", float i) ]

let write i =
    use store = opened ()

    match store.Claim(request i) with
    | ClaimAnswer.Claimed claim ->
        for epoch in 1..epochs do
            store.RecordEpoch(claim.Token, epoch, values epoch, TimeSpan.FromMinutes 5.)
            |> ignore
    | other -> invalidOp $"%A{other}"

let seconds work =
    let clock = Stopwatch.StartNew()
    work ()
    clock.Elapsed.TotalSeconds

let planned =
    use store = opened ()
    seconds (fun () -> store.SavePlan(plan 10000, "") |> ignore)

let writing =
    seconds (fun () ->
        let threads = [ for i in 1..connections -> Thread((fun () -> write i)) ]

        for thread in threads do
            thread.Start()

        for thread in threads do
            thread.Join())

let rows = connections * epochs * figures
printfn "%d trials planned in %.2f s" 10000 planned

printfn
    "%d connections wrote %d rows in %.1f s: %.0f rows per second, no lock error"
    connections
    rows
    writing
    (float rows / writing)

Directory.Delete(folder, true)
