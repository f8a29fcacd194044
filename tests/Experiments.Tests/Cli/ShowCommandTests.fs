module Orchestrator.Experiments.Tests.Cli.ShowCommandTests

open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store
open Xunit

let private show width results trial =
    CapturedConsole.write width (fun console ->
        ShowCommand.run console {
            Trial = trial
            Results = results
            Json = false
        })

[<Fact>]
let ``a completed trial shows its parameters, attempt, figures at its readings and files`` () =
    SampleStore.using (fun results plan ->
        let trial = plan.Trials.Head
        let code, lines = show 160 results (trial.Id.Substring(0, 10))
        Assert.Equal(0, code)
        Assert.Equal($"{trial.ShortId}  completed", lines.Head)
        let text = String.concat "\n" lines

        for part in
            [
                "beta 1, latent 2"
                "3 of 3, read at 1, 3"
                "completed, epochs 0 to 3, its figures count; worker-1 on laboratory"
                "epoch 1"
                "-99"
                "-97"
                "123,456 bytes"
                trial.Id
            ] do
            Assert.Contains(part, text)

        Assert.DoesNotContain("epoch 2", text))

[<Fact>]
let ``a failed trial shows why`` () =
    SampleStore.using (fun results plan ->
        let _, lines = show 100 results plan.Trials[1].Id
        Assert.EndsWith("failed", lines.Head)
        Assert.Contains(lines, (fun line -> line.Contains "the disk is on fire")))

[<Theory>]
[<InlineData(60)>]
[<InlineData(160)>]
let ``it fits narrow and wide terminals`` (width: int) =
    SampleStore.using (fun results plan ->
        let _, lines = show width results plan.Trials.Head.Id
        Assert.All(lines, (fun line -> Assert.True(line.Length <= width, line))))

let private resultsOf folder =
    match TrialStore.openToRead folder with
    | Error problems -> invalidOp $"%A{problems}"
    | Ok opened ->
        use store = opened
        store.Sweeps() |> List.choose (fun sweep -> store.Results sweep.Name)

[<Fact>]
let ``a beginning that several trials share is refused with examples, one that none has with the way to find ids`` () =
    SampleStore.using (fun results plan ->
        let found = resultsOf results

        match ShowCommand.find "" found, ShowCommand.find "zz" found with
        | Error [ several ], Error [ none ] ->
            Assert.StartsWith("4 trials begin like this: ", several.Cause)
            Assert.Contains(plan.Trials.Head.ShortId, several.Cause)
            Assert.Equal("no trial's id begins like this", none.Cause)
        | other -> Assert.Fail $"%A{other}")

[<Fact>]
let ``a trial of two sweeps names both`` () =
    SampleStore.using (fun results _ ->
        let first = resultsOf results |> List.head

        let second = {
            first with
                Sweep = { first.Sweep with Name = "another" }
        }

        match ShowCommand.find first.Trials.Head.Id [ first; second ] with
        | Ok page ->
            Assert.Equal<string list>([ "beta-latent"; "another" ], page.Sweeps)
            Assert.Equal(1, page.Attempts.Length)
        | Error problems -> Assert.Fail $"%A{problems}")
