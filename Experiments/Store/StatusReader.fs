/// Reads where a sweep stands, without its results.
module internal Orchestrator.Experiments.Store.StatusReader

open System.Data.Common
open Orchestrator.Core.Contracts

let counts sweep (connection: DbConnection) : StateCounts =
    let found =
        Sql.rows
            connection
            """SELECT t.state, COUNT(*) AS n FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
               WHERE l.sweep = @sweep AND l.orphaned = 0 GROUP BY t.state"""
            [ "sweep", box sweep ]
            (fun row -> Sql.text "state" row, Sql.int "n" row)
        |> Map.ofList

    let count state =
        Map.tryFind state found |> Option.defaultValue 0

    {
        Planned = Map.fold (fun sum _ n -> sum + n) 0 found
        Pending = count "pending"
        Running = count "running"
        Completed = count "completed"
        Pruned = count "pruned"
        Failed = count "failed"
    }

let running sweep (connection: DbConnection) : RunningAttempt list =
    Sql.rows
        connection
        """SELECT a.*, t.seed, t.budget, l.varied
           FROM attempts a JOIN trials t ON t.id = a.trial_id
           JOIN sweep_trials l ON l.trial_id = t.id AND l.sweep = @sweep
           WHERE a.outcome IS NULL ORDER BY a.worker"""
        [ "sweep", box sweep ]
        (fun row -> {
            Token = Sql.long "token" row
            TrialId = Sql.text "trial_id" row
            Number = Sql.int "number" row
            Varied = ParameterSet.FromJson(Sql.text "varied" row)
            Seed = ResultsReader.seed row
            Worker = Sql.text "worker" row
            Host = Sql.text "host" row
            ProcessId = Sql.int "pid" row
            Process = Sql.text "process" row
            Stage = Sql.text "stage" row
            Epoch = Sql.int "epoch" row
            Batch = Sql.int "batch" row
            Batches = Sql.int "batches" row
            Budget = Sql.int "budget" row
            Loss = Sql.optional Sql.real "loss" row
            StartedAt = Sql.instant "started_at" row
            ProgressedAt = Sql.instant "progressed_at" row
            LeaseExpiresAt = Sql.instant "lease_expires_at" row
        })

let private failures connection sweep : FailedTrial list =
    Sql.rows
        connection
        """SELECT t.id, l.varied, t.seed, t.attempts, t.error, a.outcome, a.log_tail
           FROM sweep_trials l JOIN trials t ON t.id = l.trial_id LEFT JOIN attempts a ON a.token = t.token
           WHERE l.sweep = @sweep AND l.orphaned = 0 AND t.state = 'failed' ORDER BY l.position"""
        [ "sweep", box sweep ]
        (fun row -> {
            TrialId = Sql.text "id" row
            Varied = ParameterSet.FromJson(Sql.text "varied" row)
            Seed = ResultsReader.seed row
            Attempts = Sql.int "attempts" row
            Outcome =
                Sql.optional Sql.text "outcome" row
                |> Option.map Words.parseOutcome
                |> Option.defaultValue AttemptOutcome.Failed
            Error = Sql.optional Sql.text "error" row |> Option.defaultValue "no error was recorded"
            LogTail = Sql.optional Sql.text "log_tail" row |> Option.defaultValue ""
        })

let private epochs connection sweep =
    Sql.rows
        connection
        """SELECT COALESCE(SUM(t.budget), 0) AS epochs,
                  COALESCE(SUM(CASE WHEN t.state IN ('completed', 'pruned', 'failed') THEN t.budget
                               ELSE t.epochs_done END), 0) AS done
           FROM sweep_trials l JOIN trials t ON t.id = l.trial_id WHERE l.sweep = @sweep AND l.orphaned = 0"""
        [ "sweep", box sweep ]
        (fun row -> Sql.int "epochs" row, Sql.int "done" row)
    |> List.head

// Times are text, so the sum is taken here and not in the database; the last attempts say enough.
let private secondsPerEpoch connection sweep =
    let spans =
        Sql.rows
            connection
            """SELECT started_at, ended_at, epochs_done - start_epoch AS epochs FROM attempts
               WHERE sweep = @sweep AND outcome IS NOT NULL AND ended_at IS NOT NULL AND epochs_done > start_epoch
               ORDER BY token DESC LIMIT 200"""
            [ "sweep", box sweep ]
            (fun row -> (Sql.instant "ended_at" row - Sql.instant "started_at" row).TotalSeconds, Sql.int "epochs" row)

    match List.sumBy snd spans with
    | 0 -> None
    | epochs -> Some(List.sumBy fst spans / float epochs)

let status name (connection: DbConnection) : SweepStatus option =
    ResultsReader.sweep connection name
    |> Option.map (fun found ->
        let all, finished = epochs connection name

        {
            Sweep = found
            Counts = counts name connection
            Running = running name connection
            Failures = failures connection name
            Epochs = all
            EpochsDone = finished
            SecondsPerEpoch = secondsPerEpoch connection name
        })
