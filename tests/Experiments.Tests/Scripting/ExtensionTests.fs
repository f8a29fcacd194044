/// Scripts that bring their own model, metric, schedule, parameters and section of the report.
module Orchestrator.Experiments.Tests.Scripting.ExtensionTests

open System
open System.Diagnostics
open System.IO
open System.Threading
open Microsoft.Data.Sqlite
open Orchestrator.Experiments.Scripting
open Orchestrator.Experiments.Store
open Orchestrator.Experiments.Tests.Cli
open Orchestrator.Experiments.Tests.Docs
open Xunit

let private inFolder work =
    let folder = Directory.CreateTempSubdirectory "extensions"

    try
        work folder.FullName
    finally
        folder.Delete true

/// The project's script in a folder of the test's, with another text where one is given.
let private copied folder (change: string -> string) =
    let environment = Repository.path "scripts/env.fsx"

    let text =
        (Repository.read "scripts/custom-model.fsx").Replace("\"env.fsx\"", $"@\"{environment}\"")

    let file = Path.Combine(folder, "custom-model.fsx")
    File.WriteAllText(file, change text)
    file

let private scalar folder (query: string) =
    let database = Path.Combine(folder, "results", "orchestrator.db")

    if File.Exists database then
        SystemSqlite.ensure ()

        use connection =
            new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False")

        connection.Open()
        use command = connection.CreateCommand()
        command.CommandText <- query

        try
            string (command.ExecuteScalar())
        // The tables are not there yet.
        with :? SqliteException ->
            ""
    else
        ""

let private until (time: TimeSpan) condition =
    let started = Stopwatch.GetTimestamp()

    while not (condition ()) do
        Assert.True(Stopwatch.GetElapsedTime started < time, "it did not come to that")
        Thread.Sleep 50

[<Fact>]
let ``a sweep of a custom model survives a kill, goes on, shows its section, and is planned anew when the script changes``
    ()
    =
    inFolder (fun folder ->
        let script = copied folder id

        let killed, _, errors =
            ProgramProcess.runWith folder [ "run"; script; "--workers"; "1"; "--no-probe" ] (fun running ->
                until (TimeSpan.FromMinutes 3.0) (fun () ->
                    running.HasExited
                    || scalar folder "select count(*) from metrics"
                       |> fun count -> count <> "" && count <> "0")

                running.Kill())

        Assert.True((killed <> 0), errors)

        let code, output, errors =
            ProgramProcess.run folder [ "run"; script; "--workers"; "2"; "--no-probe" ]

        Assert.True((code = 0), errors + output)
        Assert.Contains("2 of 2 trials completed", output)

        let page =
            File.ReadAllText(Path.Combine(folder, "results/custom-model/report.html"))

        Assert.Contains(">Sharpness</h2>", page)
        Assert.Contains("patch-vae", page)
        Assert.Contains("val/sharpness", page)

        // The trial that was killed is trained once more without interruption: the weights must be the same in every bit.
        let trial = scalar folder "select trial_id from attempts order by token limit 1"

        let code, output, errors =
            ProgramProcess.run folder [ "verify"; "--script"; script; trial ]

        Assert.True((code = 0), errors + output)

        let code, _, errors =
            ProgramProcess.run folder [ "report"; "custom-model"; "--script"; script; "--output"; "again.html" ]

        Assert.True((code = 0), errors)
        Assert.Contains(">Sharpness</h2>", File.ReadAllText(Path.Combine(folder, "again.html")))

        let _, again, _ =
            ProgramProcess.run folder [ "plan"; script; "--no-probe"; "--json" ]

        Assert.Contains("\"done\": 2", again)
        copied folder (fun text -> text + "\n// another text\n") |> ignore

        let _, changed, _ =
            ProgramProcess.run folder [ "plan"; script; "--no-probe"; "--json" ]

        Assert.Contains("\"new\": 2", changed)

        let refused, _, errors = ProgramProcess.run folder [ "verify"; trial ]
        Assert.Equal(1, refused)
        Assert.Contains("needs the script custom-model.fsx@", errors))

[<Fact>]
let ``an encoder of the wrong width is named before training`` () =
    inFolder (fun folder ->
        let script = copied folder _.Replace("2L * latent", "latent")
        let code, _, errors = ProgramProcess.run folder [ "plan"; script; "--no-probe" ]
        Assert.Equal(1, code)
        Assert.Contains("its encoder gives [2, 6] for an input [2, 1, 28, 28], and [2, 12] is needed", errors))

[<Fact>]
let ``the origin of an extension follows the texts of the script and of what it loads`` () =
    inFolder (fun folder ->
        let script = Path.Combine(folder, "study.fsx")
        let layers = Path.Combine(folder, "layers.fsx")
        File.WriteAllText(script, "#load \"env.fsx\"\n#load \"layers.fsx\"\n")
        File.WriteAllText(layers, "let one = 1\n")
        let first = ScriptText.origin script
        Assert.StartsWith("study.fsx@", first)
        File.WriteAllText(Path.Combine(folder, "env.fsx"), "// the project's references\n")
        Assert.Equal(first, ScriptText.origin script)
        File.WriteAllText(layers, "let one = 2\n")
        Assert.NotEqual<string>(first, ScriptText.origin script))
