module Orchestrator.Experiments.Tests.Plan.ReconcileTests

open Xunit
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Tests

let private plan latents epochs =
    SampleRules.plan $"version: 1\nsweep: s\ndataset: shapes\nparameters:\n  latent: {latents}\nepochs: {epochs}\n"

let private record state epochsDone (trial: PlannedTrial) : TrialRecord = {
    Id = trial.Id
    ConfigurationId = trial.ConfigurationId
    Parameters = trial.Parameters
    Varied = trial.Varied
    Seed = trial.Seed
    Epochs = trial.Epochs
    DataFingerprint = trial.DataFingerprint
    State = state
    EpochsDone = epochsDone
    StoppedEarly = false
    Attempts = 1
    EffectiveAttempt = None
    Error = None
    Folder = $"s/trials/{trial.ShortId}"
}

[<Fact>]
let ``a finished sweep leaves nothing to do`` () =
    let plan = plan "[2, 4]" "3"

    let found =
        Reconcile.compare plan (plan.Trials |> List.map (record TrialState.Completed 3)) []

    Assert.Empty found.ToDo
    Assert.Equal(2, found.Kept.Length)

[<Fact>]
let ``another value is new, and a value taken away is orphaned`` () =
    let before = plan "[2, 4]" "3"
    let after = plan "[4, 8]" "3"

    let found =
        Reconcile.compare after (before.Trials |> List.map (record TrialState.Completed 3)) []

    Assert.Equal<string list>([ after.Trials[1].Id ], found.New |> List.map _.Id)
    Assert.Equal<string list>([ before.Trials[0].Id ], found.Orphaned |> List.map _.Id)
    Assert.Single found.Kept |> ignore<PlannedTrial>

[<Fact>]
let ``what was trained of data that changed since is stale, and asked for anew`` () =
    let plan = plan "[2, 4]" "3"

    let changed = {
        record TrialState.Completed 3 plan.Trials.Head with
            Id = "of other data"
            DataFingerprint = "other data"
    }

    let found = Reconcile.compare plan [ changed ] []
    Assert.Equal<TrialRecord list>([ changed ], found.Stale)
    Assert.Empty found.Orphaned
    Assert.Equal(2, found.New.Length)

[<Fact>]
let ``more epochs reopen a completed trial and fewer keep it`` () =
    let records = (plan "[2]" "3").Trials |> List.map (record TrialState.Completed 3)

    Assert.Single (Reconcile.compare (plan "[2]" "5") records []).Reopened
    |> ignore<PlannedTrial>

    Assert.Single (Reconcile.compare (plan "[2]" "2") records []).Kept
    |> ignore<PlannedTrial>

[<Theory>]
[<InlineData(true)>]
[<InlineData(false)>]
let ``what was begun and not ended is unfinished`` running =
    let plan = plan "[2]" "3"
    let state = if running then TrialState.Running else TrialState.Pending

    Assert.Single (Reconcile.compare plan [ record state 1 plan.Trials.Head ] []).Unfinished
    |> ignore<PlannedTrial>

[<Fact>]
let ``a failed trial is not tried again by itself`` () =
    let plan = plan "[2]" "3"

    let found =
        Reconcile.compare plan [ record TrialState.Failed 1 plan.Trials.Head ] []

    Assert.Empty found.ToDo
    Assert.Single found.Failed |> ignore<PlannedTrial>

[<Fact>]
let ``a trial of another sweep is known and never an orphan`` () =
    let here = plan "[2, 4]" "3"

    let elsewhere =
        (plan "[4, 8]" "3").Trials |> List.map (record TrialState.Completed 3)

    let found = Reconcile.compare here [] elsewhere
    Assert.Equal<string list>([ here.Trials[1].Id ], found.Kept |> List.map _.Id)
    Assert.Empty found.Orphaned
