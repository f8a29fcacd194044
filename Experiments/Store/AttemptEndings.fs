/// How an attempt ends, and what becomes of its trial.
module internal Orchestrator.Experiments.Store.AttemptEndings

open System.Collections.Immutable
open System.Data.Common
open System.Text.Json
open Orchestrator.Core.Contracts

/// What the end of an attempt needs to know of its trial and its sweep's retry policy.
type private Ended = {
    TrialId: string
    Sweep: string
    Folder: string
    Budget: int
    EpochsDone: int
    RetryToken: int64
    ProgressToken: int64
    Lost: int
    OutOfMemory: int
    Diverged: int
    Failed: int
}

let private select =
    """
    SELECT t.id, a.sweep, t.folder, t.budget, t.epochs_done, t.retry_token, t.progress_token,
           s.retry_lost, s.retry_out_of_memory, s.retry_diverged, s.retry_failed
    FROM attempts a JOIN trials t ON t.id = a.trial_id JOIN sweeps s ON s.name = a.sweep
    WHERE a.token = @token"""

let private read connection (token: int64) =
    Sql.rows connection select [ "token", box token ] (fun row -> {
        TrialId = Sql.text "id" row
        Sweep = Sql.text "sweep" row
        Folder = Sql.text "folder" row
        Budget = Sql.int "budget" row
        EpochsDone = Sql.int "epochs_done" row
        RetryToken = Sql.long "retry_token" row
        ProgressToken = Sql.long "progress_token" row
        Lost = Sql.int "retry_lost" row
        OutOfMemory = Sql.int "retry_out_of_memory" row
        Diverged = Sql.int "retry_diverged" row
        Failed = Sql.int "retry_failed" row
    })
    |> List.head

// How many attempts ended so since the trial was last given a fresh start.
let private countOf connection ended outcome (since: int64) =
    Sql.rows
        connection
        "SELECT COUNT(*) AS n FROM attempts WHERE trial_id = @id AND outcome = @outcome AND token > @since"
        [
            "id", box ended.TrialId
            "outcome", box (Words.outcome outcome)
            "since", box (max ended.RetryToken since)
        ]
        (Sql.int "n")
    |> List.head

/// The trial's next state. A lost attempt counts only against a trial that gets no further: one that advances between
/// two losses is merely unlucky, one that is lost again and again at the same place is the cause.
let private nextState connection ended outcome stoppedEarly =
    let retried limit since =
        if countOf connection ended outcome since <= limit then
            "pending"
        else
            "failed"

    match outcome with
    | AttemptOutcome.Completed ->
        if stoppedEarly || ended.EpochsDone >= ended.Budget then
            "completed"
        else
            "pending"
    | AttemptOutcome.Pruned -> "pruned"
    | AttemptOutcome.Preempted -> "pending"
    | AttemptOutcome.Lost -> retried ended.Lost (ended.ProgressToken - 1L)
    | AttemptOutcome.OutOfMemory -> retried ended.OutOfMemory 0L
    | AttemptOutcome.Diverged -> retried ended.Diverged 0L
    | AttemptOutcome.Failed -> retried ended.Failed 0L
    | _ -> "failed"

// What a pruner decided stands, also when the worker was lost before it could stop.
let private orStopped connection ended outcome state error =
    match outcome with
    | AttemptOutcome.Lost
    | AttemptOutcome.Preempted ->
        match PruningDecisions.standing connection ended.Sweep ended.TrialId with
        | Some(_, reason) -> "pruned", Some reason
        | None -> state, error
    | _ -> state, error

let private settle connection now token outcome stoppedEarly (error: string option) =
    let ended = read connection token

    let state, error =
        orStopped connection ended outcome (nextState connection ended outcome stoppedEarly) error

    if state = "pending" then
        PendingOrder.forget connection

    Sql.run
        connection
        """UPDATE trials SET state = @state, error = @error,
               alone = CASE WHEN @outcome = 'out-of-memory' THEN 1 ELSE alone END,
               effective_token = CASE WHEN @outcome = 'completed' THEN @token ELSE effective_token END,
               stopped_early = CASE WHEN @outcome = 'completed' THEN @stopped ELSE stopped_early END
           WHERE id = @id"""
        [
            "state", box state
            "error", Sql.nullable error
            "outcome", box (Words.outcome outcome)
            "token", box token
            "stopped", box (if stoppedEarly then 1 else 0)
            "id", box ended.TrialId
        ]
    |> ignore

    // A trial less, or one that has stopped just now, can make room for another one at its rung.
    if state = "pruned" || state = "failed" then
        PruningDecisions.review connection now ended.Sweep

let private writeArtifacts connection (token: int64) (artifacts: ImmutableArray<Artifact>) =
    if not artifacts.IsEmpty then
        let folder = (read connection token).Folder

        use insert =
            new Sql.Statement(
                connection,
                """INSERT INTO artifacts (token, path, kind, sha256, bytes, epoch, description)
                   VALUES (@token, @path, @kind, @sha256, @bytes, @epoch, @description)
                   ON CONFLICT (token, path) DO NOTHING""",
                [ "token"; "path"; "kind"; "sha256"; "bytes"; "epoch"; "description" ]
            )

        for artifact in artifacts do
            insert.Run [
                token
                $"{folder}/{artifact.Path}"
                artifact.Kind
                artifact.Sha256
                artifact.Bytes
                artifact.Epoch
                artifact.Description
            ]

// The acknowledgement of an ending can be lost: saying it again is no contradiction.
let private repeated connection (token: int64) outcome =
    let found =
        Sql.rows
            connection
            "SELECT outcome FROM attempts WHERE token = @token"
            [ "token", box token ]
            (Sql.optional Sql.text "outcome")

    if found = [ Some(Words.outcome outcome) ] then
        WriteAnswer.Accepted
    else
        WriteAnswer.Superseded

let private ending =
    "outcome = @outcome, ended_at = @now, epochs_done = @epochs, interruptions = @interruptions,
     weights_digest = @digest, remarks = @remarks, error = @error, log_tail = @tail, stage = 'ended'"

let finish now token (outcome: TrialOutcome) (logTail: string) (connection: DbConnection) =
    let error = Option.ofObj outcome.Error

    let answer =
        AttemptWrites.guarded connection token ending [
            "outcome", box (Words.outcome outcome.Outcome)
            "now", Sql.time now
            "epochs", box outcome.EpochsDone
            "interruptions", box outcome.Interruptions
            "digest", Sql.nullable (Option.ofObj outcome.WeightsDigest)
            "remarks", box (JsonSerializer.Serialize(List.ofSeq outcome.Remarks))
            "error", Sql.nullable error
            "tail", box logTail
        ]

    match answer with
    | WriteAnswer.Accepted ->
        // The outcome of a completed attempt is the trial's whole record: what was written on the way gives place.
        if outcome.Outcome = AttemptOutcome.Completed then
            Sql.run connection "DELETE FROM metrics WHERE token = @token" [ "token", box token ]
            |> ignore

        AttemptWrites.writeMetrics connection token outcome.Metrics
        writeArtifacts connection token outcome.Artifacts
        AttemptWrites.advance connection token outcome.EpochsDone
        settle connection now token outcome.Outcome outcome.StoppedEarly error
        answer
    | WriteAnswer.Superseded
    | WriteAnswer.Hopeless _ -> repeated connection token outcome.Outcome

let private lose connection now fence values (reason: string) (token: int64) =
    let sql =
        $"UPDATE attempts SET outcome = 'lost', ended_at = @now, error = @error, stage = 'ended'
          WHERE token = @token AND outcome IS NULL {fence}"

    let ended =
        Sql.run connection sql ([ "token", box token; "now", Sql.time now; "error", box reason ] @ values) = 1

    if ended then
        settle connection now token AttemptOutcome.Lost false (Some reason)

    ended

let markLost now (tokens: int64 list) reason (connection: DbConnection) =
    tokens |> List.filter (lose connection now "" [] reason)

let markSilent now token progressedAt reason (connection: DbConnection) =
    lose connection now "AND progressed_at = @sign" [ "sign", Sql.time progressedAt ] reason token
