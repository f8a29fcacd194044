module Orchestrator.Experiments.Tests.Report.ReportFileTests

open System
open System.IO
open System.Security.Cryptography
open System.Text
open System.Text.Json
open System.Text.RegularExpressions
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Tests.Report.SomePage
open Orchestrator.Experiments.Tests.Report.SomeSweep
open Orchestrator.Report
open Xunit

let private pageOf shape =
    let results, files = make shape
    ReportPage.Render(Report.model (surroundings files) results)

let private usualPage = lazy (pageOf usual)

let private data (page: string) =
    let found =
        Regex.Match(
            page,
            "<script type=\"application/json\" id=\"report-data\">(.*?)</script>",
            RegexOptions.Singleline
        )

    JsonDocument.Parse found.Groups[1].Value

[<Fact>]
let ``the same results give the same page`` () =
    Assert.Equal(pageOf small, pageOf small)

[<Fact>]
let ``the policy allows nothing but the page's own style, script and images`` () =
    let page = usualPage.Value

    let policy =
        Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value

    let policy = System.Net.WebUtility.HtmlDecode policy
    Assert.StartsWith("default-src 'none'; img-src data:; ", policy)
    Assert.DoesNotContain("unsafe", policy)

    for tag in [ "style"; "script" ] do
        let text =
            Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value

        let digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes text))
        Assert.Contains($"{tag}-src 'sha256-{digest}'", policy)

[<Fact>]
let ``the page names no other place`` () =
    let page = usualPage.Value

    let withoutScript =
        Regex.Replace(page, "<script>.*?</script>", "", RegexOptions.Singleline)

    Assert.DoesNotContain("src=\"http", withoutScript)
    Assert.DoesNotContain("href=\"http", withoutScript)
    Assert.DoesNotContain("@import", withoutScript)
    Assert.DoesNotContain(" style=\"", withoutScript)

[<Fact>]
let ``what people wrote is text and never markup`` () =
    let name = "<script>alert(1)</script><!-- \" '"

    let results, files =
        make {
            small with
                Fate = (fun i -> if i = 0 then Fate.Failed else Fate.Completed)
        }

    let results = {
        results with
            Sweep = {
                results.Sweep with
                    Name = name
                    Manifest = name
            }
            Trials = results.Trials |> List.map (fun trial -> { trial with Error = Some name })
            Attempts =
                results.Attempts
                |> List.map (fun attempt -> {
                    attempt with
                        Worker = name
                        Host = name
                        Provenance = name
                })
            Metrics =
                results.Metrics
                |> List.map (fun m -> if m.Name = "val/kl" then { m with Name = name } else m)
            Artifacts =
                results.Artifacts
                |> List.map (fun artifact -> { artifact with Description = name })
    }

    let page = ReportPage.Render(Report.model (surroundings files) results)
    Assert.DoesNotContain("<script>alert", page)
    Assert.Contains("&lt;script&gt;alert(1)", page)
    // The blocks of data and trials and a script of our own: nothing else opens such an element.
    Assert.Equal(
        3,
        Regex
            .Matches(
                page.Replace(
                    Regex.Match(page, "<script>.*?</script>", RegexOptions.Singleline).Value,
                    "<script></script>"
                ),
                "<script"
            )
            .Count
    )

    use json = data page

    Assert.Contains(
        (json.RootElement.GetProperty "curves").EnumerateArray(),
        fun curve -> (curve.GetProperty "name").GetString() = name
    )

[<Fact>]
let ``the charts draw the leaderboard's numbers`` () =
    let results, _ = make usual
    let summary = Summary.ofResults results
    use json = data usualPage.Value
    let last = List.last summary.Readings
    let configurations = json.RootElement.GetProperty "configurations"
    Assert.Equal(last.Standings.Length, configurations.GetArrayLength())

    for index, standing in List.indexed last.Standings do
        let drawn = configurations[index]
        Assert.Equal(standing.Configuration.Id, (drawn.GetProperty "id").GetString())
        let reading = (drawn.GetProperty "readings").EnumerateArray() |> Seq.last
        Assert.Equal(standing.Estimate.Mean, (reading.GetProperty "mean").GetDouble(), 3)

[<Fact>]
let ``a missing image is said to be missing`` () =
    let results, _ = make small
    let page = ReportPage.Render(Report.model (surroundings []) results)
    Assert.Contains("reconstructions.png is missing.", page)
    Assert.DoesNotContain("<img", page)

[<Fact>]
let ``a file that is no image is not shown as one`` () =
    let results, files = make small

    let files =
        files
        |> List.map (fun (path, _) -> path, Encoding.ASCII.GetBytes "<svg onload=alert(1)>")

    let page = ReportPage.Render(Report.model (surroundings files) results)
    Assert.Contains("is not a PNG image", page)
    Assert.DoesNotContain("<img", page)

[<Fact>]
let ``failures stand beside the verdict`` () =
    let shape = {
        small with
            Fate =
                (fun i ->
                    if i = 0 then Fate.Diverged
                    elif i < 3 then Fate.Failed
                    else Fate.Completed)
    }

    let verdict = (Report.model (surroundings []) (fst (make shape))).Verdict
    Assert.Contains("1 of 9 trials diverged: the loss was not finite. It counts in no mean.", verdict.Warnings)
    Assert.Contains("2 of 9 trials failed. They count in no mean.", verdict.Warnings)

let private inFolder test =
    let folder = Directory.CreateTempSubdirectory("report-").FullName

    try
        test folder
    finally
        Directory.Delete(folder, true)

[<Fact>]
let ``a report of five hundred trials stays below five megabytes`` () =
    inFolder (fun folder ->
        let report = writeReport large folder
        Assert.InRange(FileInfo(report).Length, 700_000L, 5_000_000L)
        Assert.Empty(Directory.GetFiles(folder, "*.partial", SearchOption.AllDirectories)))

[<Fact>]
let ``a place that cannot be written is a problem with a remedy`` () =
    inFolder (fun folder ->
        let results, _ = make single
        let file = Path.Combine(folder, "a-file")
        File.WriteAllText(file, "")

        match Report.write catalogue Report.final folder results (Path.Combine(file, "report.html")) with
        | Ok() -> Assert.Fail "a file is no folder"
        | Error problems -> Assert.All(problems, fun problem -> Assert.NotEqual<string>("", problem.Remedy)))

[<Fact>]
let ``an artifact outside of the results folder is not read`` () =
    inFolder (fun folder ->
        let results, _ = make single

        let outside =
            Path.Combine(Path.GetDirectoryName folder |> string, $"{Path.GetFileName folder}-secret.png")

        File.WriteAllBytes(outside, SomePng.sheet 1 1 1)
        let path = $"../{Path.GetFileName outside}"

        let results = {
            results with
                Artifacts = results.Artifacts |> List.map (fun artifact -> { artifact with Path = path })
        }

        let report = Path.Combine(folder, "report.html")

        try
            Assert.Equal(Ok(), Report.write catalogue Report.final folder results report)
            Assert.Contains("lies outside of the results folder", File.ReadAllText report)
        finally
            File.Delete outside)
