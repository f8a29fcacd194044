/// Reads where a sweep stands, without its results.
module internal Orchestrator.Experiments.Store.StatusReader

open System.Data.Common
open Orchestrator.Core.Contracts

let private waiting sweep (connection: DbConnection) =
    Sql.rows
        connection
        "SELECT * FROM processes WHERE sweep = @sweep AND ended_at IS NULL AND waiting <> '' ORDER BY name"
        [ "sweep", box sweep ]
        (fun row -> Processes.read row, Sql.text "waiting" row)

// Epochs that settled trials do not train any more: spared by pruning and early stopping, and lost with what failed; and how
// many trials early stopping ended.
let private untrained sweep (connection: DbConnection) =
    Sql.rows
        connection
        """SELECT COALESCE(SUM(CASE WHEN t.state <> 'failed' THEN t.budget - t.epochs_done END), 0) AS saved,
                  COALESCE(SUM(CASE WHEN t.state = 'failed' THEN t.budget - t.epochs_done END), 0) AS lost,
                  COALESCE(SUM(t.stopped_early), 0) AS stopped
           FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
           WHERE l.sweep = @sweep AND l.orphaned = 0 AND t.epochs_done < t.budget
             AND (t.state IN ('pruned', 'failed') OR (t.state = 'completed' AND t.stopped_early = 1))"""
        [ "sweep", box sweep ]
        (fun row -> Sql.int "saved" row, Sql.int "lost" row, Sql.int "stopped" row)
    |> List.head

/// The sweep's trials by state, and its epochs, in one pass.
let standing sweep (connection: DbConnection) : SweepStanding =
    let found =
        Sql.rows
            connection
            """SELECT t.state, COUNT(*) AS n, SUM(t.budget) AS budget, SUM(t.epochs_done) AS done
               FROM sweep_trials l CROSS JOIN trials t
               WHERE l.sweep = @sweep AND l.orphaned = 0 AND t.id = l.trial_id GROUP BY t.state"""
            [ "sweep", box sweep ]
            (fun row -> Sql.text "state" row, (Sql.int "n" row, Sql.int "budget" row, Sql.int "done" row))
        |> Map.ofList

    let count state =
        match Map.tryFind state found with
        | Some(n, _, _) -> n
        | None -> 0

    let settled = [ "completed"; "pruned"; "failed" ]

    {
        Counts = {
            Planned = found |> Map.values |> Seq.sumBy (fun (n, _, _) -> n)
            Pending = count "pending"
            Running = count "running"
            Completed = count "completed"
            Pruned = count "pruned"
            Failed = count "failed"
        }
        Epochs = found |> Map.values |> Seq.sumBy (fun (_, budget, _) -> budget)
        EpochsDone =
            found
            |> Map.toSeq
            |> Seq.sumBy (fun (state, (_, budget, trained)) -> if List.contains state settled then budget else trained)
    }

let running sweep (connection: DbConnection) : RunningAttempt list =
    Sql.rows
        connection
        """SELECT a.*, t.seed, t.budget, l.varied
           FROM attempts a CROSS JOIN trials t CROSS JOIN sweep_trials l
           WHERE a.outcome IS NULL AND t.id = a.trial_id AND l.trial_id = t.id AND l.sweep = @sweep
           ORDER BY a.worker"""
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
        let standing = standing name connection
        let saved, lost, stopped = untrained name connection

        {
            Sweep = found
            Counts = standing.Counts
            Running = running name connection
            Failures = failures connection name
            Epochs = standing.Epochs
            EpochsDone = standing.EpochsDone
            EpochsSaved = saved
            EpochsLost = lost
            StoppedEarly = stopped
            Waiting = waiting name connection
            Estimate = Estimates.ofSweep name connection |> List.tryLast
            SecondsPerEpoch = secondsPerEpoch connection name
        })
