/// Reads what sweeps, trials and attempts came to.
module internal Orchestrator.Experiments.Store.ResultsReader

open System
open System.Data.Common
open System.Globalization
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

let private readSweep row : SweepRecord = {
    Name = Sql.text "name" row
    Manifest = Sql.text "manifest" row
    Objective = {
        Metric = Sql.text "metric" row
        Direction = Words.parseDirection (Sql.text "direction" row)
    }
    ManifestFile = Sql.text "manifest_file" row
    CreatedAt = Sql.instant "created_at" row
    UpdatedAt = Sql.instant "updated_at" row
}

let private sweepColumns =
    "name, manifest, manifest_file, metric, direction, created_at, updated_at"

let sweeps connection =
    Sql.rows connection $"SELECT {sweepColumns} FROM sweeps ORDER BY updated_at DESC, name" [] readSweep

let sweep connection (name: string) =
    Sql.tryRow connection $"SELECT {sweepColumns} FROM sweeps WHERE name = @name" [ "name", box name ] readSweep

let seed row =
    UInt64.Parse(Sql.text "seed" row, CultureInfo.InvariantCulture)

let private readTrial row : TrialRecord = {
    Id = Sql.text "id" row
    ConfigurationId = Sql.text "configuration_id" row
    Parameters = ParameterSet.FromJson(Sql.text "parameters" row)
    Varied = ParameterSet.FromJson(Sql.text "varied" row)
    Seed = seed row
    Epochs = Words.parseEpochs (Sql.text "link_epochs" row)
    DataFingerprint = Sql.text "data_fingerprint" row
    State = Words.parseState (Sql.text "state" row)
    EpochsDone = Sql.int "epochs_done" row
    StoppedEarly = Sql.int "stopped_early" row = 1
    Attempts = Sql.int "attempts" row
    EffectiveAttempt = Sql.optional Sql.int "effective_number" row
    Error = Sql.optional Sql.text "error" row
    Folder = Sql.text "folder" row
}

let trials connection sweep =
    Sql.rows
        connection
        """SELECT t.*, l.varied, l.epochs AS link_epochs, e.number AS effective_number
           FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
           LEFT JOIN attempts e ON e.token = t.effective_token
           WHERE l.sweep = @sweep AND l.orphaned = 0 ORDER BY l.position"""
        [ "sweep", box sweep ]
        readTrial

let private readAttempt row : AttemptRecord = {
    TrialId = Sql.text "trial_id" row
    Number = Sql.int "number" row
    Worker = Sql.text "worker" row
    Host = Sql.text "host" row
    ProcessId = Sql.int "pid" row
    Device = Sql.text "device" row
    Threads = Sql.int "threads" row
    StartedAt = Sql.instant "started_at" row
    EndedAt = Sql.optional Sql.instant "ended_at" row
    Outcome = Sql.optional Sql.text "outcome" row |> Option.map Words.parseOutcome
    StartEpoch = Sql.int "start_epoch" row
    EpochsDone = Sql.int "epochs_done" row
    Error = Sql.optional Sql.text "error" row
    Interruptions = Sql.int "interruptions" row
    WeightsDigest = Sql.optional Sql.text "weights_digest" row
    Provenance = Sql.text "provenance" row
}

let private attempts connection sweep =
    Sql.rows
        connection
        """SELECT a.* FROM attempts a JOIN sweep_trials l ON l.trial_id = a.trial_id
           WHERE l.sweep = @sweep AND l.orphaned = 0 ORDER BY l.position, a.number"""
        [ "sweep", box sweep ]
        readAttempt

// The figures of a trial are those of its effective attempt; before it has one, those of its last.
let private metrics connection sweep =
    Sql.rows
        connection
        """SELECT t.id, m.epoch, m.name, m.value
           FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
           JOIN metrics m ON m.token = COALESCE(t.effective_token, t.token)
           WHERE l.sweep = @sweep AND l.orphaned = 0 ORDER BY l.position, m.name, m.epoch"""
        [ "sweep", box sweep ]
        (fun row -> {
            MetricRecord.TrialId = row.GetString 0
            Epoch = row.GetInt32 1
            Name = row.GetString 2
            Value = row.GetDouble 3
        })

let artifacts connection sweep =
    Sql.rows
        connection
        """SELECT t.id, a.kind, a.path, a.sha256, a.bytes, a.epoch, a.description
           FROM sweep_trials l JOIN trials t ON t.id = l.trial_id
           JOIN artifacts a ON a.token = t.effective_token
           WHERE l.sweep = @sweep AND l.orphaned = 0 ORDER BY l.position, a.path"""
        [ "sweep", box sweep ]
        (fun row -> {
            ArtifactRecord.TrialId = Sql.text "id" row
            Kind = Sql.text "kind" row
            Path = Sql.text "path" row
            Sha256 = Sql.text "sha256" row
            Bytes = Sql.long "bytes" row
            Epoch = Sql.int "epoch" row
            Description = Sql.text "description" row
        })

/// Everything about one sweep, out of one state of the database.
let results name (connection: DbConnection) : SweepResults option =
    sweep connection name
    |> Option.map (fun found -> {
        Sweep = found
        Trials = trials connection name
        Attempts = attempts connection name
        Metrics = metrics connection name
        Artifacts = artifacts connection name
        Estimates = Estimates.ofSweep name connection
    })
