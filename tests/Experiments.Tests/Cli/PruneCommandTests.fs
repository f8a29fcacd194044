module Orchestrator.Experiments.Tests.Cli.PruneCommandTests

open System.IO
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store
open Xunit

let private prune results yes =
    use written = new StringWriter()

    let code =
        PruneCommand.run written {
            Sweep = Some "beta-latent"
            Yes = yes
            Results = results
            Json = false
        }

    code, written.ToString()

// The sample's sweep, asked for again without its first trial, whose folder holds a file.
let private withOrphan work =
    SampleStore.using (fun results (plan: Plan) ->
        let orphan = plan.Trials.Head

        let folder =
            Path.Combine(ResultsFolder.sweep results "beta-latent", "trials", orphan.ShortId)

        Directory.CreateDirectory folder |> ignore
        File.WriteAllText(Path.Combine(folder, "weights"), "bytes")

        match TrialStore.openForWork results with
        | Error problems -> invalidOp $"%A{problems}"
        | Ok opened ->
            use store = opened
            store.SavePlan({ plan with Trials = plan.Trials.Tail }, "") |> ignore

        work results orphan folder)

[<Fact>]
let ``without --yes it shows and deletes nothing`` () =
    withOrphan (fun results orphan folder ->
        let code, text = prune results false

        Assert.Equal(0, code)
        Assert.Contains(orphan.ShortId, text)
        Assert.Contains("nothing was deleted", text)
        Assert.True(Directory.Exists folder))

[<Fact>]
let ``with --yes the trial and its folder are gone and the others stay`` () =
    withOrphan (fun results _ folder ->
        let kept =
            Path.Combine(ResultsFolder.sweep results "beta-latent", "trials", "notes")

        Directory.CreateDirectory kept |> ignore
        let code, text = prune results true

        Assert.Equal(0, code)
        Assert.Contains("deleted 1 trial folder", text)
        Assert.False(Directory.Exists folder)
        Assert.True(Directory.Exists kept)
        Assert.Contains("nothing to prune", snd (prune results true)))

[<Fact>]
let ``a folder that belongs to no known trial is found`` () =
    SampleStore.using (fun results _ ->
        let stray =
            Path.Combine(ResultsFolder.sweep results "beta-latent", "trials", "0123456789ab")

        Directory.CreateDirectory stray |> ignore

        Assert.Contains("beta-latent/trials/0123456789ab: the folder of no known trial", snd (prune results false))
        prune results true |> ignore
        Assert.False(Directory.Exists stray))
