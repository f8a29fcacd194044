module Orchestrator.Experiments.Tests.Report.WatchTests

open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Tests.Cli
open Xunit

let private refreshing = "data-refresh=\"5\""

[<Fact>]
let ``a watched report is written while trials are left, and the last one loads itself no more`` () =
    SampleStore.using (fun folder _ ->
        let page = Path.Combine(folder, "watched.html")
        let seen = ResizeArray<string>()

        let wait _ =
            seen.Add(File.ReadAllText page)
            seen.Count = 2

        let answer =
            ReportCommand.watch wait {
                Sweep = "beta-latent"
                Results = folder
                Output = Some page
                Watch = true
                Json = false
            }

        Assert.Equal(Ok page, answer)
        Assert.Equal(2, seen.Count)
        // Nothing had changed: the same page was left as it was.
        Assert.Equal(seen[0], seen[1])
        Assert.Contains(refreshing, seen[0])
        Assert.DoesNotContain(refreshing, File.ReadAllText page))

let private compare sweeps folder =
    CompareCommand.write {
        Sweeps = sweeps
        Results = folder
        Output = None
        Json = false
    }

[<Fact>]
let ``every sweep that is not there is named at once`` () =
    SampleStore.using (fun folder _ ->
        match compare [ "beta-latent"; "absent"; "missing" ] folder with
        | Ok path -> Assert.Fail path
        | Error problems ->
            Assert.Equal<string list>([ "sweep absent"; "sweep missing" ], problems |> List.map _.Where)
            Assert.All(problems, fun (problem: Problem) -> Assert.Contains("beta-latent", problem.Remedy)))

[<Fact>]
let ``one sweep named twice is nothing to compare`` () =
    SampleStore.using (fun folder _ ->
        match compare [ "beta-latent"; "beta-latent" ] folder with
        | Ok path -> Assert.Fail path
        | Error problems -> Assert.Contains("two sweeps or more", problems.Head.Remedy))
