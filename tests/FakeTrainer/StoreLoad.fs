/// What very many trials and very many workers do to a store, for benchmarks.
module FakeTrainer.StoreLoad

open System
open System.Diagnostics
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store

let private sweep = "sweep"

let private opened results =
    match TrialStore.openForWork results with
    | Ok store -> store
    | Error problems -> invalidOp $"%A{problems}"

let private trial epochs i : PlannedTrial = {
    Id = String.Format("{0:x64}", (i: int))
    ConfigurationId = String.Format("{0:x64}", i / 5)
    Parameters = ParameterSet.Empty.With("latent", ParameterValue.Integer(int64 (i / 5)))
    Varied = ParameterSet.Empty.With("latent", ParameterValue.Integer(int64 (i / 5)))
    Seed = uint64 (i % 5)
    Epochs = [ epochs ]
    DataFingerprint = "data"
}

let private timed work =
    let clock = Stopwatch.StartNew()
    work ()
    clock.Elapsed.TotalSeconds

/// Writes a plan of so many trials; prints the seconds, of the first time and of the next.
let plan results trials epochs =
    use store = opened results

    let plan: Plan = {
        Sweep = Defaults.sweep sweep
        Trials = List.init trials (trial epochs)
        ToPropose = 0
        Notes = []
    }

    for time in [ "planned"; "planned again" ] do
        let seconds = timed (fun () -> store.SavePlan(plan, "") |> ignore)
        printfn "%d trials %s in %.2f s" trials time seconds

    0

/// Takes a trial and writes so many epochs of so many figures, from the moment that its input ends.
let write results epochs figures =
    use store = opened results
    let identity = ProcessIdentity.current ()
    let lease = TimeSpan.FromMinutes 10.

    match
        store.Claim {
            Sweep = sweep
            Worker = $"worker {identity.ProcessId}"
            Host = identity.Host
            ProcessId = identity.ProcessId
            Process = identity.Key
            Device = "cpu"
            Threads = 1
            Provenance = "{}"
            Lease = lease
            Room = fun _ -> Int64.MaxValue
        }
    with
    | ClaimAnswer.Claimed claim ->
        printfn "ready"
        Console.In.ReadLine() |> ignore

        for epoch in 1..epochs do
            let values = [ for i in 1..figures -> MetricValue(epoch, $"metric {i}", float i) ]

            if store.RecordEpoch(claim.Token, epoch, values, lease) <> WriteAnswer.Accepted then
                invalidOp "a write was refused"

        0
    | other -> invalidOp $"%A{other}"
