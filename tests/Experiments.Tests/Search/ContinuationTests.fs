module Orchestrator.Experiments.Tests.Search.ContinuationTests

open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Search
open Orchestrator.Experiments.Tests
open Orchestrator.Experiments.Tests.Search
open Xunit

let private manifest values trials =
    $"version: 1\nsweep: s\ndataset: shapes\nparameters:\n  latent: {values}\n  width: {{range: {{from: 8, to: 64}}}}\n"
    + $"sampler: {{tpe: {{trials: {trials}, seed: 3, startup: 4}}}}\nseeds: 2\nepochs: 3\n"

let private record (trial: PlannedTrial) : TrialRecord = {
    Id = trial.Id
    ConfigurationId = trial.ConfigurationId
    Parameters = trial.Parameters
    Varied = trial.Varied
    Seed = trial.Seed
    Epochs = trial.Epochs
    DataFingerprint = trial.DataFingerprint
    State = TrialState.Completed
    EpochsDone = 3
    StoppedEarly = false
    Attempts = 1
    EffectiveAttempt = Some 1
    Error = None
    Folder = ""
}

let private plan text =
    SearchGame.planOf (SearchGame.sweepOf text)

let private proposed (plan: Plan) count =
    Proposals.next
        SampleRules.rules
        plan.Sweep
        3UL
        (plan.Trials |> List.map (SearchGame.figureOf (SearchGame.real "width")))
        count
    |> List.collect (fun proposal -> Planner.extend SampleRules.rules plan [ proposal.Declared ])

[<Fact>]
let ``what was proposed before stays in the plan, and counts in the budget`` () =
    let fresh = plan (manifest "[2, 4, 8]" 20)
    Assert.Equal((8, 12), (fresh.Trials.Length, fresh.ToPropose))
    let earlier = proposed fresh 3

    let again =
        Continuation.ofPlan SampleRules.rules fresh (fresh.Trials @ earlier |> List.map record)

    Assert.Equal<string list>(fresh.Trials @ earlier |> List.map _.Id, again.Trials |> List.map _.Id)
    Assert.Equal(6, again.ToPropose)

[<Fact>]
let ``a smaller budget keeps the first proposals`` () =
    let earlier = proposed (plan (manifest "[2, 4, 8]" 20)) 3
    let fresh = plan (manifest "[2, 4, 8]" 12)

    let again =
        Continuation.ofPlan SampleRules.rules fresh (fresh.Trials @ earlier |> List.map record)

    Assert.Equal((12, 0), (again.Trials.Length, again.ToPropose))

[<Fact>]
let ``a proposal that no longer lies in the space is not asked for any more`` () =
    let before = plan (manifest "[2, 4, 8]" 40)
    let earlier = proposed before 8
    let fresh = plan (manifest "[2, 4]" 40)

    let again =
        Continuation.ofPlan SampleRules.rules fresh (before.Trials @ earlier |> List.map record)

    let latents =
        again.Trials
        |> List.map (fun trial -> SearchGame.real "latent" trial.Parameters)
        |> List.distinct
        |> List.sort

    Assert.Equal<float list>([ 2.0; 4.0 ], latents)
    Assert.Equal(40, again.Trials.Length + again.ToPropose)
