/// `export --format optuna`: a SQLite file that Optuna and optuna-dashboard open as a study.
module Orchestrator.Experiments.Cli.ExportOptuna

open System
open System.Globalization
open System.IO
open System.Text.Json
open Microsoft.Data.Sqlite
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Store

/// The version of Optuna whose files these are like.
let private library = "3.2.0"

let private execute (connection: SqliteConnection) text values =
    Sql.run connection text values |> ignore

let private json (text: string) = JsonSerializer.Serialize text

let private real (value: float) =
    value.ToString("R", CultureInfo.InvariantCulture)

/// How Optuna writes where a parameter's values come from, and the number that it stores for a value.
type private Distribution = {
    Json: string
    Place: ParameterValue -> float
}

let private numeric name least greatest step place = {
    Json =
        $"""{{"name": "{name}", "attributes": {{"step": {step}, "low": {least}, "high": {greatest}, "log": false}}}}"""
    Place = place
}

let private categorical (values: ParameterValue list) =
    let texts = values |> List.map string |> List.distinct |> List.sort
    let choices = texts |> List.map json |> String.concat ", "

    {
        Json = $"""{{"name": "CategoricalDistribution", "attributes": {{"choices": [{choices}]}}}}"""
        Place = fun value -> texts |> List.findIndex ((=) (string value)) |> float
    }

let private distribution (values: ParameterValue list) =
    let integer (value: ParameterValue) =
        match value with
        | :? ParameterValue.Integer as found -> Some found.Value
        | _ -> None

    let number (value: ParameterValue) =
        match value with
        | :? ParameterValue.Integer as found -> Some(float found.Value)
        | :? ParameterValue.Real as found -> Some found.Value
        | _ -> None

    if values |> List.forall (integer >> Option.isSome) then
        let found = List.choose integer values

        numeric "IntDistribution" (string (List.min found)) (string (List.max found)) "1" (fun value ->
            integer value |> Option.map float |> Option.defaultValue nan)
    elif values |> List.forall (number >> Option.isSome) then
        let found = List.choose number values

        numeric "FloatDistribution" (real (List.min found)) (real (List.max found)) "null" (fun value ->
            number value |> Option.defaultValue nan)
    else
        categorical values

let private state (objective: float option) (trial: TrialRecord) =
    match trial.State, objective with
    | TrialState.Completed, Some _ -> "COMPLETE"
    // Optuna refuses a complete trial without a value.
    | TrialState.Completed, None
    | TrialState.Failed, _ -> "FAIL"
    | TrialState.Pruned, _ -> "PRUNED"
    | TrialState.Running, _ -> "RUNNING"
    | TrialState.Pending, _ -> "WAITING"

let private moment (time: DateTimeOffset) =
    time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)

let private attribute connection table owner (id: int) (name: string) (value: string) =
    execute connection $"INSERT INTO {table} ({owner}, \"key\", value_json) VALUES (@id, @name, @value)" [
        "id", box id
        "name", box name
        "value", box value
    ]

let private writeStudy connection (results: SweepResults) =
    for statement in ExportOptunaSchema.statements do
        execute connection statement []

    execute connection "INSERT INTO alembic_version VALUES (@revision)" [ "revision", box ExportOptunaSchema.revision ]

    execute connection "INSERT INTO version_info VALUES (1, @version, @library)" [
        "version", box ExportOptunaSchema.version
        "library", box library
    ]

    execute connection "INSERT INTO studies VALUES (1, @name)" [ "name", box results.Sweep.Name ]

    let direction =
        match results.Sweep.Objective.Direction with
        | MetricDirection.Minimize -> "MINIMIZE"
        | _ -> "MAXIMIZE"

    execute connection "INSERT INTO study_directions VALUES (1, @direction, 1, 0)" [ "direction", box direction ]
    attribute connection "study_user_attributes" "study_id" 1 "objective" (json results.Sweep.Objective.Metric)
    attribute connection "study_user_attributes" "study_id" 1 "manifest" (json results.Sweep.Manifest)

    // The dashboard names the axis by this attribute.
    attribute
        connection
        "study_system_attributes"
        "study_id"
        1
        "study:metric_names"
        $"[{json results.Sweep.Objective.Metric}]"

let private writeFigures connection (results: SweepResults) id (trial: TrialRecord) (metrics: MetricRecord list) =
    let objective = results.Sweep.Objective.Metric
    let curve = metrics |> List.filter (fun metric -> metric.Name = objective)

    for metric in curve do
        execute
            connection
            "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type) VALUES (@id, @step, @value, 'FINITE')"
            [ "id", box id; "step", box metric.Epoch; "value", box metric.Value ]

    metrics
    |> List.groupBy _.Name
    |> List.iter (fun (name, own) ->
        let last = own |> List.maxBy _.Epoch
        attribute connection "trial_user_attributes" "trial_id" id name (real last.Value))

let private writeTrial connection (results: SweepResults) distributions attempts metrics index (trial: TrialRecord) =
    let id = index + 1
    let own = Map.tryFind trial.Id attempts |> Option.defaultValue []
    let metrics = Map.tryFind trial.Id metrics |> Option.defaultValue []

    let value =
        metrics
        |> List.filter (fun (metric: MetricRecord) -> metric.Name = results.Sweep.Objective.Metric)
        |> List.filter (fun metric -> trial.Epochs.IsEmpty || metric.Epoch = List.max trial.Epochs)
        |> List.tryLast
        |> Option.map _.Value

    let started =
        own
        |> List.map (fun (attempt: AttemptRecord) -> attempt.StartedAt)
        |> List.sort
        |> List.tryHead

    let state = state value trial

    let ended =
        if state = "RUNNING" || state = "WAITING" then
            None
        else
            own |> List.choose _.EndedAt |> List.sort |> List.tryLast

    execute connection "INSERT INTO trials VALUES (@id, @number, 1, @state, @started, @ended)" [
        "id", box id
        "number", box index
        "state", box state
        "started", Sql.nullable (Option.map moment started)
        "ended", Sql.nullable (Option.map moment ended)
    ]

    match state, value with
    | "COMPLETE", Some value ->
        execute
            connection
            "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (@id, 0, @value, 'FINITE')"
            [ "id", box id; "value", box value ]
    | _ -> ()

    for KeyValue(name, value) in trial.Varied do
        let distribution: Distribution = Map.find name distributions

        execute
            connection
            "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (@id, @name, @value, @json)"
            [
                "id", box id
                "name", box name
                "value", box (distribution.Place value)
                "json", box distribution.Json
            ]

    attribute connection "trial_user_attributes" "trial_id" id "seed" (json (string trial.Seed))
    attribute connection "trial_user_attributes" "trial_id" id "trial" (json trial.Id)
    attribute connection "trial_user_attributes" "trial_id" id "configuration" (json trial.ConfigurationId)

    trial.Error
    |> Option.iter (json >> attribute connection "trial_user_attributes" "trial_id" id "error")

    writeFigures connection results id trial metrics

let private fill (path: string) (results: SweepResults) =
    SystemSqlite.ensure ()
    use connection = new SqliteConnection($"Data Source={path};Pooling=False")
    connection.Open()
    execute connection "BEGIN IMMEDIATE" []
    writeStudy connection results

    let distributions =
        results.Trials
        |> List.collect (fun trial -> [ for pair in trial.Varied -> pair.Key, pair.Value ])
        |> List.groupBy fst
        |> List.map (fun (name, pairs) -> name, distribution (List.map snd pairs))
        |> Map.ofList

    let attempts = results.Attempts |> List.groupBy _.TrialId |> Map.ofList
    let metrics = results.Metrics |> List.groupBy _.TrialId |> Map.ofList

    results.Trials
    |> List.iteri (writeTrial connection results distributions attempts metrics)

    execute connection "COMMIT" []

/// Writes the study to a file, in place of one that was there, and answers how many trials it holds.
let write (results: SweepResults) (path: string) : Result<int, Problem list> =
    let beside = path + ".partial"

    try
        match Path.GetDirectoryName(Path.GetFullPath path) with
        | null -> ()
        | folder -> Directory.CreateDirectory folder |> ignore

        File.Delete beside
        fill beside results
        File.Move(beside, path, true)
        Ok results.Trials.Length
    with
    | :? IOException
    | :? UnauthorizedAccessException
    | :? SqliteException as e ->
        Error [
            Problem(
                path,
                $"the study cannot be written: {e.Message}",
                "Free space, mend the folder's rights, or give another place with --output."
            )
        ]
