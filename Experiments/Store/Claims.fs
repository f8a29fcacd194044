/// How a worker takes a trial.
module internal Orchestrator.Experiments.Store.Claims

open System.Data.Common
open System.Globalization
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

type private Candidate = {
    Id: string
    Alone: bool
    Varied: ParameterSet
    Position: int
    /// The memory that it needs, where that is known.
    Bytes: int64
}

let private need =
    """COALESCE((SELECT c.memory_bytes FROM costs c
                 WHERE c.sweep = l.sweep AND c.configuration_id = t.configuration_id), 0)"""

// CROSS JOIN keeps the order of the tables: one sweep, its trials by position from the first that may be pending.
let private pending fence =
    $"""
    SELECT t.id, t.alone, l.varied, l.position, {need} AS need
    FROM sweeps s CROSS JOIN sweep_trials l CROSS JOIN trials t
    WHERE s.name = @sweep AND l.sweep = s.name AND l.position >= s.first_pending AND l.orphaned = 0
      AND t.id = l.trial_id AND t.state = 'pending' AND t.alone = 0 {fence}
    ORDER BY l.position LIMIT 1"""

let private next = pending ""
let private nextThatFits = pending $"AND {need} <= @room"

// A trial that ran out of memory is tried again alone, so after all others.
let private nextAlone =
    $"""
    SELECT t.id, t.alone, l.varied, l.position, {need} AS need
    FROM trials t JOIN sweep_trials l ON l.trial_id = t.id
    WHERE t.state = 'pending' AND t.alone = 1 AND l.sweep = @sweep AND l.orphaned = 0
    ORDER BY l.position LIMIT 1"""

let private occupied =
    """
    SELECT COUNT(*) AS running, COALESCE(MAX(CASE WHEN host = @host THEN 1 ELSE 0 END), 0) AS here,
           COALESCE(MAX(CASE WHEN host = @host THEN alone ELSE 0 END), 0) AS reserved
    FROM attempts WHERE sweep = @sweep AND outcome IS NULL"""

let private reserved =
    "SELECT pid, process, memory_bytes FROM attempts WHERE host = @host AND outcome IS NULL"

// A trial that both this sweep and another hold may be running for the other one.
let private held =
    """
    SELECT COUNT(*) AS n FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
    WHERE l.sweep = @sweep AND l.orphaned = 0 AND t.state = 'running'"""

let private take =
    """
    UPDATE trials SET state = 'running', attempts = attempts + 1,
        folder = CASE WHEN attempts = 0 THEN @folder ELSE folder END
    WHERE id = @id AND state = 'pending'
    RETURNING attempts, parameters, seed, epochs, folder, epochs_done, data_fingerprint"""

let private insertAttempt =
    """
    INSERT INTO attempts (trial_id, number, sweep, worker, host, pid, process, device, threads, alone, memory_bytes,
                          started_at, lease_expires_at, progressed_at, provenance)
    VALUES (@trial, @number, @sweep, @worker, @host, @pid, @process, @device, @threads, @alone, @bytes,
            @now, @lease, @now, @provenance)
    RETURNING token"""

let private startAttempt connection now (request: ClaimRequest) candidate (number: int) =
    Sql.rows
        connection
        insertAttempt
        [
            "trial", box candidate.Id
            "number", box number
            "sweep", box request.Sweep
            "worker", box request.Worker
            "host", box request.Host
            "pid", box request.ProcessId
            "process", box request.Process
            "device", box request.Device
            "threads", box request.Threads
            "alone", box (if candidate.Alone then 1 else 0)
            "bytes", box candidate.Bytes
            "now", Sql.time now
            "lease", Sql.time (now + request.Lease)
            "provenance", box request.Provenance
        ]
        (Sql.long "token")
    |> List.head

let private claimed connection now (request: ClaimRequest) candidate =
    let values = [
        "id", box candidate.Id
        "folder", box (PlanWriter.folder request.Sweep candidate.Id)
    ]

    Sql.tryRow connection take values (fun row -> {
        Token = 0L
        Number = Sql.int "attempts" row
        Specification =
            TrialSpecification(
                Id = candidate.Id,
                Parameters = ParameterSet.FromJson(Sql.text "parameters" row),
                Seed = System.UInt64.Parse(Sql.text "seed" row, CultureInfo.InvariantCulture),
                Epochs = Words.immutableEpochs (Sql.text "epochs" row),
                DataFingerprint = Sql.text "data_fingerprint" row
            )
        Varied = candidate.Varied
        Folder = Sql.text "folder" row
    })
    |> Option.map (fun claim ->
        let token = startAttempt connection now request candidate claim.Number

        Sql.run connection "UPDATE trials SET token = @token WHERE id = @id" [
            "token", box token
            "id", box candidate.Id
        ]
        |> ignore

        { claim with Token = token })

let private readCandidate row = {
    Id = Sql.text "id" row
    Alone = Sql.int "alone" row > 0
    Varied = ParameterSet.FromJson(Sql.text "varied" row)
    Position = Sql.int "position" row
    Bytes = Sql.long "need" row
}

// A sampler that learns has more to propose as soon as it is asked.
let private awaited =
    """
    SELECT COUNT(*) AS n FROM sweeps s
    WHERE s.name = @sweep
      AND s.proposals > (SELECT COUNT(*) FROM sweep_trials l WHERE l.sweep = s.name AND l.orphaned = 0)"""

// Without an attempt under way on the machine there is no less room to come: whatever it needs, one trial always runs.
let private room connection (request: ClaimRequest) =
    let reservations =
        Sql.rows connection reserved [ "host", box request.Host ] (fun row -> {
            ProcessId = Sql.int "pid" row
            Process = Sql.text "process" row
            Bytes = Sql.long "memory_bytes" row
        })

    if reservations.IsEmpty then
        System.Int64.MaxValue
    else
        request.Room reservations

[<RequireQualifiedAccess>]
type private Choice =
    /// The first pending trial.
    | First of Candidate
    /// A later one: the first does not fit.
    | Later of Candidate
    | TooLarge of need: int64 * room: int64
    | Nothing

let private choose connection request sweep =
    match Sql.tryRow connection next sweep readCandidate with
    // Where no trial's need is known there is nothing to look at.
    | Some first when first.Bytes = 0L -> Choice.First first
    | Some first ->
        let room = room connection request

        if first.Bytes <= room then
            Choice.First first
        else
            match Sql.tryRow connection nextThatFits (("room", box room) :: sweep) readCandidate with
            | Some later -> Choice.Later later
            | None -> Choice.TooLarge(first.Bytes, room)
    | None ->
        Sql.tryRow connection nextAlone sweep readCandidate
        |> Option.map Choice.Later
        |> Option.defaultValue Choice.Nothing

// Why a worker waits is in the books, for whoever asks; most claims change nothing there.
let private noteWaiting connection (request: ClaimRequest) (reason: string) =
    Sql.run connection "UPDATE processes SET waiting = @reason WHERE name = @name AND waiting <> @reason" [
        "reason", box reason
        "name", box request.Worker
    ]
    |> ignore

let private take' connection now request candidate isFirst =
    match claimed connection now request candidate with
    | Some claim ->
        if isFirst then
            PendingOrder.passed connection request.Sweep candidate.Position

        ClaimAnswer.Claimed claim
    | None -> ClaimAnswer.Wait

/// Takes the next trial inside the caller's transaction.
let claim now (request: ClaimRequest) (connection: DbConnection) : ClaimAnswer =
    let sweep = [ "sweep", box request.Sweep ]

    let running, here, reserved =
        Sql.rows connection occupied (("host", box request.Host) :: sweep) (fun row ->
            Sql.int "running" row, Sql.int "here" row > 0, Sql.int "reserved" row > 0)
        |> List.head

    let answer =
        match choose connection request sweep with
        | Choice.Nothing when running > 0 || (Sql.rows connection held sweep (Sql.int "n") |> List.head) > 0 ->
            ClaimAnswer.Wait
        | Choice.Nothing when (Sql.rows connection awaited sweep (Sql.int "n") |> List.head) > 0 -> ClaimAnswer.Wait
        | Choice.Nothing -> ClaimAnswer.Nothing
        | _ when reserved -> ClaimAnswer.Wait
        | Choice.TooLarge(need, room) -> ClaimAnswer.WaitForMemory(need, room)
        | Choice.Later candidate when candidate.Alone && here -> ClaimAnswer.Wait
        | Choice.First candidate -> take' connection now request candidate true
        | Choice.Later candidate -> take' connection now request candidate false

    match answer with
    | ClaimAnswer.WaitForMemory(need, room) -> MemoryRoom.reason need room
    | _ -> ""
    |> noteWaiting connection request

    answer
