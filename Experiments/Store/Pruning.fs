/// Deletes what no plan asks for any more.
module internal Orchestrator.Experiments.Store.Pruning

open System.Data.Common
open Orchestrator.Core.Contracts

// A trial under way is left to its worker.
let private orphaned =
    """
    FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
    WHERE l.orphaned = 1 AND t.state <> 'running' AND (l.sweep = @sweep OR @sweep = '')"""

let private named (sweep: string option) = [ "sweep", box (Option.defaultValue "" sweep) ]

/// The trials that a sweep's plan, or any sweep's, does not ask for any more.
let orphans sweep (connection: DbConnection) : OrphanedTrial list =
    Sql.rows
        connection
        $"""SELECT l.sweep, l.varied, t.id, t.seed, t.state, t.epochs_done, t.folder,
                  (SELECT COUNT(*) FROM sweep_trials o WHERE o.trial_id = t.id AND o.orphaned = 0) AS holders
           {orphaned} ORDER BY l.sweep, l.position"""
        (named sweep)
        (fun row -> {
            Sweep = Sql.text "sweep" row
            TrialId = Sql.text "id" row
            Varied = ParameterSet.FromJson(Sql.text "varied" row)
            Seed = ResultsReader.seed row
            State = Words.parseState (Sql.text "state" row)
            EpochsDone = Sql.int "epochs_done" row
            Folder = Sql.text "folder" row
            Shared = Sql.int "holders" row > 0
        })

/// Every trial's folder.
let folders (connection: DbConnection) =
    Sql.rows connection "SELECT folder FROM trials" [] (Sql.text "folder")

let private deleteTrial connection (id: string) =
    let attempts = "token IN (SELECT token FROM attempts WHERE trial_id = @id)"

    for statement in
        [
            $"DELETE FROM artifacts WHERE {attempts}"
            $"DELETE FROM metrics WHERE {attempts}"
            "DELETE FROM attempts WHERE trial_id = @id"
            "DELETE FROM pruning_decisions WHERE trial_id = @id"
            "DELETE FROM trials WHERE id = @id"
        ] do
        Sql.run connection statement [ "id", box id ] |> ignore

/// Deletes the links of orphaned trials, and the trials that no sweep holds then; answers the folders of these.
let prune sweep (connection: DbConnection) =
    for orphan in orphans sweep connection do
        for table in [ "pruning_decisions"; "sweep_trials" ] do
            Sql.run connection $"DELETE FROM {table} WHERE sweep = @sweep AND trial_id = @id" [
                "sweep", box orphan.Sweep
                "id", box orphan.TrialId
            ]
            |> ignore

    let unheld =
        Sql.rows
            connection
            """SELECT id, folder FROM trials
               WHERE state <> 'running' AND NOT EXISTS (SELECT 1 FROM sweep_trials l WHERE l.trial_id = trials.id)"""
            []
            (fun row -> Sql.text "id" row, Sql.text "folder" row)

    for id, _ in unheld do
        deleteTrial connection id

    List.map snd unheld
