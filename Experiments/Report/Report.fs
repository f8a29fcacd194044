/// One sweep's results to one HTML file.
module Orchestrator.Experiments.Report.Report

open System
open System.Collections.Generic
open System.IO
open System.Text
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Report
open Orchestrator.Report.Model

/// What the report asks of the core.
type Catalogue = {
    /// The catalogue's entry of a metric, where it has one.
    Metric: string -> MetricDefinition option
    /// The model of a configuration, or why it cannot be described.
    Describe: ParameterSet -> Result<ModelDescription, string>
}

/// What a report is written of and for.
type Occasion = {
    /// The sweeps as they were run, where the results join several; otherwise none.
    Sources: SweepRecord list
    /// Seconds after which the open page loads itself again, while the sweep runs.
    Refresh: int option
    /// Sections that a script adds.
    Custom: SweepResults -> CustomSection list
}

/// One finished sweep.
let final = {
    Sources = []
    Refresh = None
    Custom = CustomSections.build
}

/// What the report takes from its surroundings.
type Surroundings = {
    Catalogue: Catalogue
    Occasion: Occasion
    /// The bytes of a file given relative to the results folder, or why there are none.
    Read: string -> Result<byte array, string>
    Now: DateTimeOffset
}

let private question (summary: Summary) =
    let objective = summary.Sweep.Objective

    let direction =
        match objective.Direction with
        | MetricDirection.Minimize -> "lowest"
        | MetricDirection.Maximize -> "highest"
        | _ -> "first"

    let upon =
        if summary.Data.Length > 1 then
            $", on {Labels.sequence summary.Data} each by itself"
        else
            ""

    match summary.Names with
    | [] when summary.Data.Length > 1 ->
        $"One configuration on {Labels.sequence summary.Data}, measured by {Labels.brief objective.Metric}."
    | [] -> $"One configuration, measured by {Labels.brief objective.Metric}."
    | [ name ] -> $"Which {name} gives the {direction} {Labels.brief objective.Metric}{upon}?"
    | names -> $"Which {Labels.sequence names} give the {direction} {Labels.brief objective.Metric}{upon}?"

let private head (surroundings: Surroundings) (results: SweepResults) (summary: Summary) =
    let inState state =
        results.Trials |> List.filter (fun trial -> trial.State = state) |> List.length

    let completed = inState TrialState.Completed
    let pruned = inState TrialState.Pruned
    let seeds = results.Trials |> List.distinctBy _.Seed |> List.length

    let datasets =
        results.Trials
        |> List.map (fun trial -> Labels.value trial.Parameters "dataset")
        |> List.distinct

    let epochs =
        summary.Readings
        |> List.map (fun reading -> string reading.Epoch)
        |> String.concat ", "

    Head(
        results.Sweep.Name,
        question summary,
        Numbers.moment surroundings.Now,
        [|
            if datasets <> [ "–" ] && not datasets.IsEmpty then
                Fact((if datasets.Length = 1 then "data set" else "data sets"), String.concat ", " datasets)
            Fact("configurations", Numbers.count summary.Configurations.Length)
            Fact((if seeds = 1 then "seed" else "seeds"), string seeds)
            Fact(
                (if summary.Readings.Length = 1 then
                     "epochs"
                 else
                     "read at epochs"),
                (if epochs = "" then "–" else epochs)
            )
            Fact("trials completed", $"{Numbers.count completed} of {Numbers.count results.Trials.Length}")
            if pruned > 0 then
                Fact("pruned", Numbers.count pruned)
            Fact("diverged", Numbers.count (summary.Configurations |> List.sumBy _.Diverged))
            Fact("failed", Numbers.count (summary.Configurations |> List.sumBy _.Failed))
        |]
    )

// Seeds and configurations ask for the same model again and again.
let private remembered (describe: ParameterSet -> Result<ModelDescription, string>) =
    let known = Dictionary<ParameterSet, Result<ModelDescription, string>>()

    fun parameters ->
        match known.TryGetValue parameters with
        | true, found -> found
        | false, _ ->
            let found = describe parameters
            known[parameters] <- found
            found

/// Everything the page shows. Pure but for the images that `surroundings` reads.
let model (surroundings: Surroundings) (results: SweepResults) : ReportModel =
    let summary = Summary.ofResults results
    let catalogue = surroundings.Catalogue
    let describe = remembered catalogue.Describe

    let measures =
        Measures.all catalogue.Metric describe summary results.Attempts
        |> PlaneAxes.choices summary

    let unitOf name =
        catalogue.Metric name |> Option.map _.Unit |> Option.defaultValue ""

    let unit = unitOf results.Sweep.Objective.Metric
    let verdict = VerdictText.build unit results.Attempts summary

    ReportModel(
        Head = head surroundings results summary,
        Verdict = verdict,
        DataSets = Array.ofList summary.Data,
        Leaderboard = LeaderboardTable.build unit summary,
        Effects = EffectTables.build unit verdict.Answers summary,
        Importances = Array.ofList (ImportanceTable.build summary),
        Plane = PlaneAxes.build summary measures,
        Curves = CurveTables.build summary,
        Gallery = GalleryImages.build surroundings.Read summary results.Artifacts,
        Architectures = Architectures.build describe summary,
        Latents = LatentData.build surroundings.Read summary results.Artifacts,
        TrialData =
            (if results.Trials.Length > 1 then
                 TrialData.write unitOf results summary
             else
                 null),
        Custom = Array.ofList (surroundings.Occasion.Custom results),
        RefreshSeconds = Option.toNullable surroundings.Occasion.Refresh,
        Happenings = AttemptTables.build summary results,
        Provenance =
            ProvenanceFacts.build surroundings.Occasion.Sources (GalleryImages.trials summary results.Artifacts) results,
        ChartData = ChartData.write unitOf measures summary
    )

let private readIn (folder: string) (path: string) =
    let root = Path.GetFullPath folder
    let full = Path.GetFullPath(Path.Combine(root, path))

    if not (full.StartsWith(root.TrimEnd '/' + "/", StringComparison.Ordinal)) then
        Error "lies outside of the results folder"
    else
        try
            Ok(File.ReadAllBytes full)
        with
        | :? FileNotFoundException
        | :? DirectoryNotFoundException -> Error "is missing"
        | :? IOException
        | :? UnauthorizedAccessException as e -> Error $"cannot be read ({e.Message})"

let private replaceFile (path: string) (text: string) =
    let beside = path + ".partial"

    do
        use stream = new FileStream(beside, FileMode.Create, FileAccess.Write)
        stream.Write(ReadOnlySpan(UTF8Encoding(false).GetBytes text))
        stream.Flush true

    File.Move(beside, path, true)

/// Writes the report of a sweep to a path, or says why it cannot be written.
let write
    (catalogue: Catalogue)
    (occasion: Occasion)
    (resultsFolder: string)
    (results: SweepResults)
    (path: string)
    : Result<unit, Problem list> =
    let surroundings = {
        Catalogue = catalogue
        Occasion = occasion
        Read = readIn resultsFolder
        Now = DateTimeOffset.UtcNow
    }

    let html = ReportPage.Render(model surroundings results)

    try
        match Path.GetDirectoryName(Path.GetFullPath path) with
        | null -> ()
        | folder -> Directory.CreateDirectory folder |> ignore

        Ok(replaceFile path html)
    with
    | :? IOException
    | :? UnauthorizedAccessException as e ->
        Error [
            Problem(
                path,
                $"the report cannot be written: {e.Message}",
                "Free space, mend the folder's rights, or give another place with --output."
            )
        ]
