module Orchestrator.Experiments.Tests.Cli.LogsCommandTests

open System
open System.IO
open System.Threading
open System.Threading.Tasks
open Orchestrator.Experiments.Cli
open Xunit

let private inResults work =
    let folder = Directory.CreateTempSubdirectory "logs"

    try
        let logs = folder.CreateSubdirectory "first/logs"
        let file name = Path.Combine(logs.FullName, name)
        File.WriteAllText(file "sweep-20260101-000000-1.log", "older\n")
        File.SetLastWriteTimeUtc(file "sweep-20260101-000000-1.log", DateTime(2026, 1, 1))
        File.WriteAllText(file "sweep-20260102-000000-1.log", "begin\nend\n")
        File.WriteAllText(file "trial-0123456789ab.log", "epoch 1\n")
        File.WriteAllText(file "trial-01ffffffffff.log", "epoch 7\n")
        work folder.FullName
    finally
        folder.Delete true

let private options results target = {
    Target = target
    Results = results
    Follow = false
    Json = false
}

let private print options =
    use output = new StringWriter()
    let code = LogsCommand.run output options CancellationToken.None
    code, output.ToString().Trim().Split('\n') |> List.ofArray

[<Fact>]
let ``a sweep's log is that of its last run`` () =
    inResults (fun results -> Assert.Equal((0, [ "begin"; "end" ]), print (options results "first")))

[<Theory>]
[<InlineData("0123")>]
[<InlineData("0123456789abcdef0123456789abcdef")>]
let ``a trial's log is found by its id and by the beginning of it`` (id: string) =
    inResults (fun results -> Assert.Equal((0, [ "epoch 1" ]), print (options results id)))

[<Fact>]
let ``each line is an object with --json`` () =
    inResults (fun results ->
        let _, lines =
            print {
                options results "0123" with
                    Json = true
            }

        Assert.Equal(1, lines.Length)
        Assert.EndsWith("\"line\":\"epoch 1\"}", lines.Head))

[<Theory>]
[<InlineData("01", "several trials begin like this: trial-0123456789ab, trial-01ffffffffff")>]
[<InlineData("second", "no sweep of this name")>]
let ``what is not one log is refused with the reason`` (target: string, reason: string) =
    inResults (fun results ->
        match LogsCommand.find results target with
        | Error [ problem ] -> Assert.StartsWith(reason, problem.Cause)
        | other -> Assert.Fail $"%A{other}")

/// Completes a task when a line is written.
type private Awaiting(line: string) =
    inherit StringWriter()
    let seen = TaskCompletionSource()
    member _.Seen = seen.Task

    override _.WriteLine(text: string | null) =
        if text = line then
            seen.TrySetResult() |> ignore

[<Fact>]
let ``following prints what is added until it is cancelled`` () : Task =
    inResults (fun results ->
        use cancel = new CancellationTokenSource()
        use output = new Awaiting("added later")

        let following =
            Task.Run(fun () ->
                LogsCommand.run
                    output
                    {
                        options results "0123" with
                            Follow = true
                    }
                    cancel.Token)

        File.AppendAllText(Path.Combine(results, "first/logs/trial-0123456789ab.log"), "added later\n")
        output.Seen.Wait(TimeSpan.FromSeconds 30.0) |> Assert.True
        cancel.Cancel()
        Assert.Equal(0, following.Result)
        Task.CompletedTask)
