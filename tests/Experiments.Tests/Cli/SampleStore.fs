namespace Orchestrator.Experiments.Tests.Cli

open System
open System.Collections.Immutable
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store
open Orchestrator.Experiments.Tests

/// A results folder with one sweep of four trials: one completed, one failed, one running, one pending.
[<RequireQualifiedAccess>]
module SampleStore =

    let private manifest =
        """version: 1
sweep: beta-latent
dataset: {name: shapes}
parameters:
  latent: [2, 8]
  beta: [1, 4]
seeds: {replicates: 1}
epochs: [1, 3]
"""

    let private opened answer =
        match answer with
        | Ok value -> value
        | Error(problems: Problem list) -> invalidOp $"%A{problems}"

    let private claim (store: ITrialStore) worker =
        let request = {
            Sweep = "beta-latent"
            Worker = worker
            Host = "laboratory"
            ProcessId = 7
            Process = worker
            Device = "cpu"
            Threads = 1
            Provenance = "{}"
            Lease = TimeSpan.FromMinutes 5.0
            Room = fun _ -> Int64.MaxValue
        }

        match store.Claim request with
        | ClaimAnswer.Claimed claim -> claim
        | other -> invalidOp $"%A{other}"

    let private figures epochs =
        ImmutableArray.CreateRange [
            for epoch in epochs do
                MetricValue(epoch, "val/elbo", -100.0 + float epoch)
                MetricValue(epoch, "val/mse", 0.0125)
        ]

    let private complete (store: ITrialStore) (claim: TrialClaim) =
        store.Finish(
            claim.Token,
            TrialOutcome(
                Outcome = AttemptOutcome.Completed,
                EpochsDone = 3,
                Metrics = figures [ 1..3 ],
                Artifacts =
                    ImmutableArray.Create(
                        Artifact(
                            "weights",
                            "weights.safetensors",
                            String.replicate 64 "a",
                            123456L,
                            3,
                            "the final weights"
                        )
                    ),
                WeightsDigest = String.replicate 64 "b"
            ),
            "done"
        )
        |> ignore

    let private fail (store: ITrialStore) (claim: TrialClaim) =
        store.Finish(
            claim.Token,
            TrialOutcome(
                Outcome = AttemptOutcome.Failed,
                EpochsDone = 1,
                Metrics = figures [ 1 ],
                Error = "the disk is on fire"
            ),
            "last words"
        )
        |> ignore

    let private fill folder =
        use store = TrialStore.openForWork folder |> opened
        let plan = SampleRules.plan manifest
        store.SavePlan(plan, manifest) |> ignore
        complete store (claim store "worker-1")
        fail store (claim store "worker-2")
        let running = claim store "worker-3"

        store.RecordEpoch(running.Token, 1, figures [ 1 ], TimeSpan.FromMinutes 5.0)
        |> ignore

        plan

    /// Lends the folder and the plan to a test.
    let using (work: string -> Plan -> 'T) : 'T =
        let folder = Directory.CreateTempSubdirectory "sample-store"

        try
            work folder.FullName (fill folder.FullName)
        finally
            folder.Delete true
