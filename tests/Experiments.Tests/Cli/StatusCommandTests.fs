module Orchestrator.Experiments.Tests.Cli.StatusCommandTests

open System
open System.IO
open System.Text.Json
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store
open Xunit

let private status results sweep json =
    use written = new StringWriter()

    let code =
        StatusCommand.runOn written {
            Sweep = sweep
            Results = results
            Json = json
        }

    code, written.ToString()

[<Fact>]
let ``the JSON of a sweep holds its counts, what runs and what failed`` () =
    SampleStore.using (fun results plan ->
        let code, text = status results (Some "beta-latent") true
        use document = JsonDocument.Parse text
        let root = document.RootElement

        let count (name: string) =
            root.GetProperty("counts").GetProperty(name).GetInt32()

        Assert.Equal(0, code)

        Assert.Equal<int list>(
            [ 4; 1; 1; 1; 0; 1 ],
            [
                for name in [ "planned"; "pending"; "running"; "completed"; "pruned"; "failed" ] -> count name
            ]
        )

        let running = root.GetProperty("running")[0]
        Assert.Equal("worker-3", running.GetProperty("worker").GetString())
        Assert.Equal(1, running.GetProperty("epoch").GetInt32())
        let failed = root.GetProperty("failures")[0]
        Assert.Equal(plan.Trials[1].Id, failed.GetProperty("trial").GetString())
        Assert.Equal("the disk is on fire", failed.GetProperty("error").GetString())
        Assert.Equal("last words", failed.GetProperty("log").GetString()))

[<Fact>]
let ``the JSON of all sweeps lists them`` () =
    SampleStore.using (fun results _ ->
        use document = JsonDocument.Parse(snd (status results None true))
        let first = document.RootElement.GetProperty("sweeps")[0]
        Assert.Equal("beta-latent", first.GetProperty("sweep").GetString()))

[<Fact>]
let ``an unknown sweep is a problem`` () =
    SampleStore.using (fun results _ -> Assert.Equal(1, fst (status results (Some "nothing") true)))

[<Fact>]
let ``a lost trial shows the last lines of its log`` () =
    SampleStore.using (fun results plan ->
        match TrialStore.openForWork results with
        | Error problems -> invalidOp $"%A{problems}"
        | Ok opened ->
            use store = opened

            // Lost once more than the policy forgives.
            for _ in 1..5 do
                for attempt in store.Running "beta-latent" do
                    store.MarkLost([ attempt.Token ], "gone") |> ignore

                store.Claim {
                    Sweep = "beta-latent"
                    Worker = "w"
                    Host = "laboratory"
                    ProcessId = 8
                    Process = "w"
                    Device = "cpu"
                    Threads = 1
                    Provenance = "{}"
                    Lease = TimeSpan.FromMinutes 1.
                    Room = fun _ -> Int64.MaxValue
                }
                |> ignore

            let lost =
                match store.Status "beta-latent" with
                | Some found -> found.Failures |> List.find (fun failed -> failed.Outcome = AttemptOutcome.Lost)
                | None -> invalidOp "no sweep"

            let log = ResultsFolder.trialLog results "beta-latent" lost.TrialId
            Directory.CreateDirectory(nonNull (Path.GetDirectoryName log)) |> ignore
            File.WriteAllLines(log, [ for i in 1..30 -> $"line {i}." ])

        let _, text = status results (Some "beta-latent") false
        Assert.Contains("line 30.", text)
        Assert.Contains("line 23.", text)
        Assert.DoesNotContain("line 22.", text))
