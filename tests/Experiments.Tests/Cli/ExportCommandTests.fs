module Orchestrator.Experiments.Tests.Cli.ExportCommandTests

open System.IO
open System.Text.Json
open Orchestrator.Experiments.Cli
open Xunit

let private export results format output =
    use written = new StringWriter()

    let code =
        ExportCommand.run written {
            Sweep = "beta-latent"
            Format = format
            Output = output
            Results = results
            Json = false
        }

    code, written.ToString()

[<Fact>]
let ``CSV has a row for each epoch of each trial, and one for a trial without figures`` () =
    SampleStore.using (fun results plan ->
        let code, text = export results ExportFormat.Csv None
        let lines = text.TrimEnd().Split "\r\n"

        Assert.Equal(0, code)
        Assert.StartsWith("sweep,trial,configuration,seed,state,attempts,epoch,", lines[0])
        Assert.EndsWith(",val/elbo,val/mse", lines[0])
        // Three epochs completed, one before the failure, one of the running trial, none of the pending one.
        Assert.Equal(1 + 3 + 1 + 1 + 1, lines.Length)
        Assert.StartsWith($"beta-latent,{plan.Trials.Head.Id},", lines[1])
        Assert.EndsWith(",-99,0.0125", lines[1])
        Assert.Contains(",pending,0,,", lines[6]))

[<Fact>]
let ``JSON Lines holds an object a line with parameters and figures`` () =
    SampleStore.using (fun results plan ->
        let _, text = export results ExportFormat.Jsonl None
        use first = JsonDocument.Parse(text.Split('\n')[0])
        let row = first.RootElement

        Assert.Equal(plan.Trials.Head.Id, row.GetProperty("trial").GetString())
        Assert.Equal(1, row.GetProperty("epoch").GetInt32())
        Assert.Equal(2, row.GetProperty("parameters").GetProperty("latent").GetInt32())
        Assert.Equal(-99.0, row.GetProperty("metrics").GetProperty("val/elbo").GetDouble()))

[<Fact>]
let ``a file is written whole and holds the same`` () =
    SampleStore.using (fun results _ ->
        let path = Path.Combine(results, "figures.csv")
        let code, printed = export results ExportFormat.Csv (Some path)
        let _, text = export results ExportFormat.Csv None

        Assert.Equal(0, code)
        Assert.Equal("", printed)
        Assert.Equal(text, File.ReadAllText path)
        Assert.False(File.Exists(path + ".new")))
