module Orchestrator.Experiments.Tests.Report.ReportCommandTests

open System.IO
open Orchestrator.Experiments.Cli
open Xunit

[<Fact>]
let ``a results folder without a database is a problem with a remedy`` () =
    let folder = Directory.CreateTempSubdirectory("report-").FullName

    try
        match
            ReportCommand.write {
                Sweep = "absent"
                Results = folder
                Output = None
                Watch = false
                Json = false
            }
        with
        | Ok path -> Assert.Fail $"wrote {path}"
        | Error problems ->
            Assert.NotEmpty problems
            Assert.All(problems, fun problem -> Assert.NotEqual<string>("", problem.Remedy))

        Assert.Empty(Directory.GetFileSystemEntries folder)
    finally
        Directory.Delete(folder, true)
