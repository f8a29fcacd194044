module Orchestrator.Experiments.Tests.Cli.HomeCommandTests

open System.IO
open Orchestrator.Experiments.Cli
open Xunit

let private options results : HomeOptions = {
    Results = results
    Manifests = "manifests"
    Json = false
}

[<Fact>]
let ``without any store it says where to begin`` () =
    let nowhere = Path.Combine(Path.GetTempPath(), "no-such-results")

    let code, lines =
        CapturedConsole.write 100 (fun console -> HomeCommand.run console (options nowhere))

    Assert.Equal(0, code)
    Assert.Equal($"There are no sweeps in {nowhere} yet.", lines.Head)
    Assert.Contains(lines, (fun line -> line.Contains "orchestrator new my-sweep.yaml"))
    Assert.False(Directory.Exists nowhere)

[<Fact>]
let ``it shows each sweep, what is running and what to do next`` () =
    SampleStore.using (fun results _ ->
        let code, lines =
            CapturedConsole.write 100 (fun console -> HomeCommand.run console (options results))

        Assert.Equal(0, code)
        Assert.Equal("beta-latent  running  1 of 4 trials, 1 failed  just now", lines[0])
        Assert.StartsWith("  worker-3 beta 1, latent 8, seed 0:", lines[1])
        Assert.EndsWith("epoch 1 of 3", lines[1])
        Assert.Contains("  orchestrator status beta-latent  watch it", lines))

[<Theory>]
[<InlineData(60)>]
[<InlineData(160)>]
let ``it fits narrow and wide terminals`` (width: int) =
    SampleStore.using (fun results _ ->
        let _, lines =
            CapturedConsole.write width (fun console -> HomeCommand.run console (options results))

        Assert.All(lines, (fun line -> Assert.True(line.Length <= width, line))))

[<Fact>]
let ``a database that cannot be read is a problem and no crash`` () =
    let folder = Directory.CreateTempSubdirectory "broken-store"

    try
        File.WriteAllText(
            Path.Combine(folder.FullName, "orchestrator.db"),
            "this is no database at all, only a line of text"
        )

        let code, _ =
            CapturedConsole.write 100 (fun console -> HomeCommand.run console (options folder.FullName))

        Assert.Equal(1, code)
    finally
        folder.Delete true
