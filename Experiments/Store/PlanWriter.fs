/// Writes a plan: the sweep, its trials and their order.
module internal Orchestrator.Experiments.Store.PlanWriter

open System.Collections.Generic
open System.Data.Common
open Orchestrator.Experiments.Domain

/// What the store knows already of a trial.
type private Known = {
    Epochs: int list
    Parameters: string
    Completed: bool
    StoppedEarly: bool
    EpochsDone: int
}

let private upsertSweep =
    """
    INSERT INTO sweeps (name, manifest, metric, direction, retry_lost, retry_out_of_memory, retry_diverged,
                        retry_failed, pruner, proposals, created_at, updated_at)
    VALUES (@name, @manifest, @metric, @direction, @lost, @memory, @diverged, @failed, @pruner, @proposals, @now, @now)
    ON CONFLICT (name) DO UPDATE SET manifest = excluded.manifest, metric = excluded.metric,
        direction = excluded.direction, retry_lost = excluded.retry_lost,
        retry_out_of_memory = excluded.retry_out_of_memory, retry_diverged = excluded.retry_diverged,
        retry_failed = excluded.retry_failed, pruner = excluded.pruner, proposals = excluded.proposals,
        updated_at = excluded.updated_at"""

let private prunerOf connection (sweep: string) =
    Sql.tryRow connection "SELECT pruner FROM sweeps WHERE name = @sweep" [ "sweep", box sweep ] (Sql.text "pruner")

let private writeSweep connection now (plan: Plan) (manifest: string) =
    let sweep = plan.Sweep

    Sql.run connection upsertSweep [
        "name", box sweep.Name
        "manifest", box manifest
        "metric", box sweep.Objective.Metric
        "direction", box (Words.direction sweep.Objective.Direction)
        "lost", box sweep.Retry.Lost
        "memory", box sweep.Retry.OutOfMemory
        "diverged", box sweep.Retry.Diverged
        "failed", box sweep.Retry.Failed
        "pruner", box (PrunerText.write sweep.Pruner)
        "proposals",
        box (
            if plan.ToPropose > 0 then
                plan.Trials.Length + plan.ToPropose
            else
                0
        )
        "now", Sql.time now
    ]
    |> ignore

let private readKnown connection =
    let known = Dictionary<string, Known>()

    Sql.rows connection "SELECT id, epochs, state, epochs_done, parameters, stopped_early FROM trials" [] (fun row ->
        known[row.GetString 0] <- {
            Epochs = Words.parseEpochs (row.GetString 1)
            Completed = (row.GetString 2 = "completed")
            EpochsDone = row.GetInt32 3
            Parameters = row.GetString 4
            StoppedEarly = row.GetInt32 5 = 1
        })
    |> ignore

    known

let private insertTrial connection =
    new Sql.Statement(
        connection,
        """INSERT INTO trials (id, configuration_id, parameters, seed, data_fingerprint, epochs, budget, state, folder)
           VALUES (@id, @configuration, @parameters, @seed, @data, @epochs, @budget, 'pending', @folder)""",
        [
            "id"
            "configuration"
            "parameters"
            "seed"
            "data"
            "epochs"
            "budget"
            "folder"
        ]
    )

let private extendTrial connection =
    new Sql.Statement(
        connection,
        """UPDATE trials SET epochs = @epochs, budget = @budget,
               state = CASE WHEN state = 'completed' AND stopped_early = 0 AND epochs_done < @budget
                            THEN 'pending' ELSE state END,
               retry_token = CASE WHEN state = 'completed' AND stopped_early = 0 AND epochs_done < @budget
                                  THEN COALESCE(token, 0) ELSE retry_token END
           WHERE id = @id""",
        [ "epochs"; "budget"; "id" ]
    )

// Outside of the id are the places where data lie, which may have moved.
let private relocateTrial connection =
    new Sql.Statement(connection, "UPDATE trials SET parameters = @parameters WHERE id = @id", [ "parameters"; "id" ])

let private linkTrial connection =
    new Sql.Statement(
        connection,
        """INSERT INTO sweep_trials (sweep, trial_id, position, varied, epochs, budget)
           VALUES (@sweep, @trial, @position, @varied, @epochs, @budget)
           ON CONFLICT (sweep, trial_id) DO UPDATE SET position = excluded.position, varied = excluded.varied,
               epochs = excluded.epochs, budget = excluded.budget, orphaned = 0""",
        [ "sweep"; "trial"; "position"; "varied"; "epochs"; "budget" ]
    )

/// Where a trial's files lie, relative to the results folder.
let folder (sweep: string) (trialId: string) =
    $"{sweep}/trials/{trialId.Substring(0, 12)}"

let private countOrphans connection sweep =
    Sql.rows
        connection
        "SELECT COUNT(*) AS n FROM sweep_trials WHERE sweep = @sweep AND orphaned = 1"
        [ "sweep", box sweep ]
        (Sql.int "n")
    |> List.head

let private writeTrials
    connection
    (sweep: string)
    first
    (trials: PlannedTrial list)
    (known: Dictionary<string, Known>)
    =
    use insert = insertTrial connection
    use extend = extendTrial connection
    use relocate = relocateTrial connection
    use link = linkTrial connection

    trials
    |> List.mapi (fun index trial ->
        let position = first + index

        let change =
            match known.TryGetValue trial.Id with
            | true, old ->
                let epochs = List.distinct (old.Epochs @ trial.Epochs) |> List.sort

                if epochs <> old.Epochs then
                    extend.Run [ Words.epochs epochs; List.last epochs; trial.Id ]

                if trial.Parameters.ToJson() <> old.Parameters then
                    relocate.Run [ trial.Parameters.ToJson(); trial.Id ]

                if old.Completed && not old.StoppedEarly && old.EpochsDone < List.last epochs then
                    "reopened"
                else
                    "kept"
            | _ ->
                insert.Run [
                    trial.Id
                    trial.ConfigurationId
                    trial.Parameters.ToJson()
                    string trial.Seed
                    trial.DataFingerprint
                    Words.epochs trial.Epochs
                    List.last trial.Epochs
                    folder sweep trial.Id
                ]

                "added"

        link.Run [
            sweep
            trial.Id
            position
            trial.Varied.ToJson()
            Words.epochs trial.Epochs
            List.last trial.Epochs
        ]

        change)
    |> List.countBy id
    |> Map.ofList

/// Adds trials to a sweep's plan, from a position on.
let append connection sweep first trials =
    writeTrials connection sweep first trials (readKnown connection) |> ignore

/// Writes the plan inside the caller's transaction.
let save now (plan: Plan) manifest (connection: DbConnection) : PlanSaved =
    let pruner = prunerOf connection plan.Sweep.Name
    writeSweep connection now plan manifest

    // Every link becomes an orphan, and those that the plan holds stop being one.
    Sql.run connection "UPDATE sweep_trials SET orphaned = 1 WHERE sweep = @sweep" [ "sweep", box plan.Sweep.Name ]
    |> ignore

    let changes =
        writeTrials connection plan.Sweep.Name 0 plan.Trials (readKnown connection)

    PendingOrder.forget connection
    PruningDecisions.reconsider connection now plan.Sweep.Name (pruner <> prunerOf connection plan.Sweep.Name)

    let count name =
        Map.tryFind name changes |> Option.defaultValue 0

    {
        Added = count "added"
        Kept = count "kept"
        Reopened = count "reopened"
        Orphaned = countOrphans connection plan.Sweep.Name
    }
