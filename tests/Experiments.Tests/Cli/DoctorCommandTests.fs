module Orchestrator.Experiments.Tests.Cli.DoctorCommandTests

open System.IO
open System.Text.Json
open Orchestrator.Experiments.Cli
open Xunit

let private doctor results sweep =
    use written = new StringWriter()

    let code =
        DoctorCommand.run (fun () -> [ DoctorChecks.fine "torch" "none" ]) written {
            Sweep = sweep
            Results = results
            Data = None
            Json = true
        }

    code, written.ToString()

let private checks (text: string) =
    use document = JsonDocument.Parse text

    [
        for check in document.RootElement.GetProperty("checks").EnumerateArray() ->
            string (check.GetProperty("subject").GetString()), string (check.GetProperty("health").GetString())
    ]

[<Fact>]
let ``the JSON names every subject with its health`` () =
    SampleStore.using (fun results _ ->
        let _, text = doctor results None
        let found = checks text

        for subject in [ "program"; "machine"; "torch"; "database"; "disk" ] do
            Assert.Contains(subject, found |> List.map fst)

        Assert.All(found, (fun (_, health) -> Assert.Contains(health, [ "ok"; "warn"; "fail" ]))))

[<Fact>]
let ``books with a missing artifact fail`` () =
    SampleStore.using (fun results _ ->
        let code, text = doctor results (Some "beta-latent")

        Assert.Equal(1, code)
        Assert.Contains(("books of beta-latent", "fail"), checks text)
        Assert.Contains("weights.safetensors is missing", text))

[<Fact>]
let ``the threads' use is the quickest time on one over the quickest on all`` () =
    Assert.Equal(
        TorchChecks.Speedup.Measured 2.,
        TorchChecks.speedup [ 2.0; 2.1; 2.1; 9.; 2.2; 2.4 ] [ 1.0; 1.1; 5.; 1.2; 1.2; 1.3 ]
    )

[<Fact>]
let ``times that differ too much measure nothing`` () =
    Assert.Equal(
        TorchChecks.Speedup.TooNoisy,
        TorchChecks.speedup [ 2.0; 3.5; 3.8; 9.; 4.2; 5. ] [ 1.0; 1.1; 1.1; 1.2; 1.2; 1.3 ]
    )
