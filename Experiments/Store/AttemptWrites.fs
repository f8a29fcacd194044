/// What an attempt writes while it runs.
module internal Orchestrator.Experiments.Store.AttemptWrites

open System
open Orchestrator.Core.Contracts

/// Changes the attempt only while it has no outcome: the fence that a superseded worker meets.
let guarded connection token changes values =
    let sql = $"UPDATE attempts SET {changes} WHERE token = @token AND outcome IS NULL"

    if Sql.run connection sql (("token", box (token: int64)) :: values) = 1 then
        WriteAnswer.Accepted
    else
        WriteAnswer.Superseded

/// Runs the work only when the guarded change was taken, and then asks whether the trial is to go on after the epoch.
let private thenJudge connection now token epoch answer work =
    if answer = WriteAnswer.Accepted then
        work ()

        match PruningDecisions.afterEpoch connection now token epoch with
        | Some reason -> WriteAnswer.Hopeless reason
        | None -> answer
    else
        answer

let private leased now (lease: TimeSpan) = [ "now", Sql.time now; "lease", Sql.time (now + lease) ]

let renew now (token: int64) (progress: TrialProgress) lease connection =
    guarded
        connection
        token
        "stage = @stage, epoch = @epoch, batch = @batch, batches = @batches, loss = COALESCE(@loss, loss),
         progressed_at = @now, lease_expires_at = @lease"
        ([
            "stage", box progress.Stage
            "epoch", box progress.Epoch
            "batch", box progress.Batch
            "batches", box progress.Batches
            "loss", Sql.nullable (Option.ofNullable progress.Loss)
         ]
         @ leased now lease)

let writeMetrics connection (token: int64) (metrics: MetricValue seq) =
    use insert =
        new Sql.Statement(
            connection,
            """INSERT INTO metrics (token, name, epoch, value) VALUES (@token, @name, @epoch, @value)
               ON CONFLICT (token, name, epoch) DO UPDATE SET value = excluded.value""",
            [ "token"; "name"; "epoch"; "value" ]
        )

    for metric in metrics do
        insert.Run [ token; metric.Name; metric.Epoch; metric.Value ]

// The furthest epoch that any attempt reached; the attempt that moves it on has made progress.
let advance connection (token: int64) (epoch: int) =
    Sql.run
        connection
        """UPDATE trials SET epochs_done = @epoch, progress_token = @token
           WHERE id = (SELECT trial_id FROM attempts WHERE token = @token) AND epochs_done < @epoch"""
        [ "epoch", box epoch; "token", box token ]
    |> ignore

let recordResumed now token (epoch: int) metrics lease connection =
    let changes =
        "start_epoch = @epoch, epochs_done = @epoch, epoch = @epoch, progressed_at = @now, lease_expires_at = @lease"

    let answer =
        guarded connection token changes (("epoch", box epoch) :: leased now lease)

    thenJudge connection now token epoch answer (fun () -> writeMetrics connection token metrics)

let recordEpoch now token (epoch: int) metrics lease connection =
    let loss =
        metrics
        |> Seq.tryPick (fun (metric: MetricValue) ->
            if metric.Name = "train/loss" && metric.Epoch = epoch then
                Some metric.Value
            else
                None)

    let changes =
        "epochs_done = @epoch, epoch = @epoch, loss = COALESCE(@loss, loss), progressed_at = @now, lease_expires_at = @lease"

    let values = ("epoch", box epoch) :: ("loss", Sql.nullable loss) :: leased now lease
    let answer = guarded connection token changes values

    thenJudge connection now token epoch answer (fun () ->
        writeMetrics connection token metrics
        advance connection token epoch)
