/// The tables and views, as numbered migrations. A migration that has landed never changes; another one follows it.
module Orchestrator.Experiments.Store.Schema

/// What the databases spell differently in definitions.
type SchemaDialect = {
    /// A column that numbers its rows with ever growing numbers.
    Identity: string
}

let private tables dialect = [
    """CREATE TABLE sweeps (
        name TEXT PRIMARY KEY,
        manifest TEXT NOT NULL,
        metric TEXT NOT NULL,
        direction TEXT NOT NULL,
        retry_lost INTEGER NOT NULL,
        retry_out_of_memory INTEGER NOT NULL,
        retry_diverged INTEGER NOT NULL,
        retry_failed INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL)"""
    """CREATE TABLE trials (
        id TEXT PRIMARY KEY,
        configuration_id TEXT NOT NULL,
        parameters TEXT NOT NULL,
        seed TEXT NOT NULL,
        data_fingerprint TEXT NOT NULL,
        epochs TEXT NOT NULL,
        budget INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'completed', 'pruned', 'failed')),
        epochs_done INTEGER NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0,
        token BIGINT,
        effective_token BIGINT,
        progress_token BIGINT NOT NULL DEFAULT 0,
        retry_token BIGINT NOT NULL DEFAULT 0,
        alone INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        folder TEXT NOT NULL)"""
    """CREATE TABLE sweep_trials (
        sweep TEXT NOT NULL REFERENCES sweeps (name),
        trial_id TEXT NOT NULL REFERENCES trials (id),
        position INTEGER NOT NULL,
        varied TEXT NOT NULL,
        epochs TEXT NOT NULL,
        budget INTEGER NOT NULL,
        orphaned INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (sweep, trial_id))"""
    $"""CREATE TABLE attempts (
        token {dialect.Identity},
        trial_id TEXT NOT NULL REFERENCES trials (id),
        number INTEGER NOT NULL,
        sweep TEXT NOT NULL REFERENCES sweeps (name),
        worker TEXT NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        process TEXT NOT NULL,
        device TEXT NOT NULL,
        threads INTEGER NOT NULL,
        alone INTEGER NOT NULL DEFAULT 0,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        outcome TEXT,
        lease_expires_at TEXT NOT NULL,
        progressed_at TEXT NOT NULL,
        stage TEXT NOT NULL DEFAULT 'starting',
        epoch INTEGER NOT NULL DEFAULT 0,
        batch INTEGER NOT NULL DEFAULT 0,
        batches INTEGER NOT NULL DEFAULT 0,
        loss DOUBLE PRECISION,
        start_epoch INTEGER NOT NULL DEFAULT 0,
        epochs_done INTEGER NOT NULL DEFAULT 0,
        interruptions INTEGER NOT NULL DEFAULT 0,
        weights_digest TEXT,
        remarks TEXT NOT NULL DEFAULT '[]',
        error TEXT,
        log_tail TEXT,
        provenance TEXT NOT NULL,
        UNIQUE (trial_id, number))"""
    """CREATE TABLE metrics (
        token BIGINT NOT NULL REFERENCES attempts (token),
        name TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        value DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (token, name, epoch))"""
    """CREATE TABLE artifacts (
        token BIGINT NOT NULL REFERENCES attempts (token),
        path TEXT NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        bytes BIGINT NOT NULL,
        epoch INTEGER NOT NULL,
        description TEXT NOT NULL,
        PRIMARY KEY (token, path))"""
    """CREATE TABLE processes (
        name TEXT PRIMARY KEY,
        role TEXT NOT NULL,
        sweep TEXT NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        process TEXT NOT NULL,
        started_at TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        ended_at TEXT)"""
    "CREATE INDEX trials_state ON trials (state)"
    "CREATE INDEX sweep_trials_position ON sweep_trials (sweep, position)"
    "CREATE INDEX sweep_trials_trial ON sweep_trials (trial_id)"
    "CREATE INDEX attempts_running ON attempts (sweep) WHERE outcome IS NULL"
]

let private views = [
    """CREATE VIEW epoch_metrics AS
        SELECT l.sweep, t.id AS trial, t.configuration_id AS configuration, t.seed, l.varied,
               m.epoch, m.name AS metric, m.value
        FROM sweep_trials l
        JOIN trials t ON t.id = l.trial_id
        JOIN metrics m ON m.token = t.effective_token
        WHERE l.orphaned = 0"""
    """CREATE VIEW trial_summary AS
        SELECT l.sweep, t.id AS trial, t.configuration_id AS configuration, t.seed, l.varied, t.state,
               t.epochs_done, l.budget, t.attempts, a.interruptions, s.metric, m.value,
               a.worker, a.device, a.threads, a.started_at, a.ended_at, t.error, t.folder
        FROM sweep_trials l
        JOIN sweeps s ON s.name = l.sweep
        JOIN trials t ON t.id = l.trial_id
        LEFT JOIN attempts a ON a.token = COALESCE(t.effective_token, t.token)
        LEFT JOIN metrics m ON m.token = t.effective_token AND m.name = s.metric AND m.epoch = l.budget
        WHERE l.orphaned = 0"""
    """CREATE VIEW leaderboard AS
        SELECT sweep,
               RANK() OVER (PARTITION BY sweep ORDER BY CASE WHEN mean IS NULL THEN 1 ELSE 0 END,
                   CASE direction WHEN 'maximize' THEN -mean ELSE mean END) AS place,
               configuration, varied, metric, mean, least, greatest, n, failed
        FROM (
            SELECT v.sweep, v.configuration, MIN(v.varied) AS varied, v.metric, s.direction,
                   AVG(v.value) AS mean, MIN(v.value) AS least, MAX(v.value) AS greatest, COUNT(v.value) AS n,
                   SUM(CASE WHEN v.state = 'failed' THEN 1 ELSE 0 END) AS failed
            FROM trial_summary v
            JOIN sweeps s ON s.name = v.sweep
            GROUP BY v.sweep, v.configuration, v.metric, s.direction) AS configurations"""
]

// first_pending: no trial before this position of the sweep is pending, so that a claim need not look there.
let private ordersAndPruners = [
    "ALTER TABLE sweeps ADD COLUMN first_pending INTEGER NOT NULL DEFAULT 0"
    "ALTER TABLE sweeps ADD COLUMN pruner TEXT NOT NULL DEFAULT 'off'"
    "ALTER TABLE processes ADD COLUMN stop_asked INTEGER NOT NULL DEFAULT 0"
]

// stopped_early: early stopping ended the training before its budget, and its last figures count at every later reading.
// proposals: how many trials the sweep has once its sampler has proposed them all. A view cannot change: it is made anew.
let private search = [
    "ALTER TABLE sweeps ADD COLUMN proposals INTEGER NOT NULL DEFAULT 0"
    "ALTER TABLE trials ADD COLUMN stopped_early INTEGER NOT NULL DEFAULT 0"
    """CREATE TABLE pruning_decisions (
        sweep TEXT NOT NULL REFERENCES sweeps (name),
        trial_id TEXT NOT NULL REFERENCES trials (id),
        epoch INTEGER NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('go-on', 'stop', 'resumed')),
        value DOUBLE PRECISION NOT NULL,
        bound DOUBLE PRECISION,
        compared INTEGER NOT NULL,
        rule TEXT NOT NULL,
        reason TEXT,
        decided_at TEXT NOT NULL,
        resumed_at TEXT,
        PRIMARY KEY (sweep, trial_id, epoch))"""
    """CREATE TABLE proposals (
        sweep TEXT NOT NULL REFERENCES sweeps (name),
        configuration_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        known INTEGER NOT NULL,
        good INTEGER NOT NULL,
        waiting INTEGER NOT NULL,
        score DOUBLE PRECISION,
        results TEXT NOT NULL,
        made_at TEXT NOT NULL,
        PRIMARY KEY (sweep, configuration_id))"""
    "DROP VIEW leaderboard"
    "DROP VIEW trial_summary"
    """CREATE VIEW trial_summary AS
        SELECT l.sweep, t.id AS trial, t.configuration_id AS configuration, t.seed, l.varied, t.state,
               t.epochs_done, l.budget, t.attempts, a.interruptions, s.metric, m.value,
               a.worker, a.device, a.threads, a.started_at, a.ended_at, t.error, t.folder, t.stopped_early
        FROM sweep_trials l
        JOIN sweeps s ON s.name = l.sweep
        JOIN trials t ON t.id = l.trial_id
        LEFT JOIN attempts a ON a.token = COALESCE(t.effective_token, t.token)
        LEFT JOIN metrics m ON m.token = t.effective_token AND m.name = s.metric AND m.epoch =
            CASE WHEN t.stopped_early = 1 AND t.epochs_done < l.budget THEN t.epochs_done ELSE l.budget END
        WHERE l.orphaned = 0"""
    """CREATE VIEW leaderboard AS
        SELECT sweep,
               RANK() OVER (PARTITION BY sweep ORDER BY CASE WHEN mean IS NULL THEN 1 ELSE 0 END,
                   CASE direction WHEN 'maximize' THEN -mean ELSE mean END) AS place,
               configuration, varied, metric, mean, least, greatest, n, failed, pruned
        FROM (
            SELECT v.sweep, v.configuration, MIN(v.varied) AS varied, v.metric, s.direction,
                   AVG(v.value) AS mean, MIN(v.value) AS least, MAX(v.value) AS greatest, COUNT(v.value) AS n,
                   SUM(CASE WHEN v.state = 'failed' THEN 1 ELSE 0 END) AS failed,
                   SUM(CASE WHEN v.state = 'pruned' THEN 1 ELSE 0 END) AS pruned
            FROM trial_summary v
            JOIN sweeps s ON s.name = v.sweep
            GROUP BY v.sweep, v.configuration, v.metric, s.direction) AS configurations"""
]

// costs: what a trial of a configuration takes; a claim looks there for the memory that a trial needs. processes.waiting
// says why a worker has no trial, and is empty while it has one.
let private estimates dialect = [
    $"""CREATE TABLE estimates (
        id {dialect.Identity},
        sweep TEXT NOT NULL REFERENCES sweeps (name),
        coordinator TEXT NOT NULL,
        made_at TEXT NOT NULL,
        workers INTEGER NOT NULL,
        threads INTEGER NOT NULL,
        device TEXT NOT NULL,
        trials INTEGER NOT NULL,
        epochs INTEGER NOT NULL,
        seconds DOUBLE PRECISION NOT NULL,
        memory_bytes BIGINT NOT NULL,
        disk_bytes BIGINT NOT NULL,
        source TEXT NOT NULL,
        ended_at TEXT,
        took_seconds DOUBLE PRECISION,
        peak_memory_bytes BIGINT,
        written_bytes BIGINT,
        epochs_trained INTEGER,
        finished INTEGER)"""
    """CREATE TABLE costs (
        sweep TEXT NOT NULL REFERENCES sweeps (name),
        configuration_id TEXT NOT NULL,
        seconds_per_epoch DOUBLE PRECISION NOT NULL,
        seconds_per_reading DOUBLE PRECISION NOT NULL,
        seconds_per_trial DOUBLE PRECISION NOT NULL,
        memory_bytes BIGINT NOT NULL,
        gpu_bytes BIGINT NOT NULL,
        disk_bytes BIGINT NOT NULL,
        PRIMARY KEY (sweep, configuration_id))"""
    "CREATE INDEX estimates_sweep ON estimates (sweep)"
    "ALTER TABLE attempts ADD COLUMN memory_bytes BIGINT NOT NULL DEFAULT 0"
    "CREATE INDEX attempts_host ON attempts (host) WHERE outcome IS NULL"
    "ALTER TABLE processes ADD COLUMN waiting TEXT NOT NULL DEFAULT ''"
]

// What the machine's other work does not change.
let private processorSeconds = [
    "ALTER TABLE estimates ADD COLUMN processor_seconds DOUBLE PRECISION"
    "ALTER TABLE estimates ADD COLUMN took_processor_seconds DOUBLE PRECISION"
]

let private manifestFiles = [ "ALTER TABLE sweeps ADD COLUMN manifest_file TEXT NOT NULL DEFAULT ''" ]

/// The migrations in order, each with its version and statements.
let migrations dialect = [
    1, tables dialect @ views
    2, ordersAndPruners
    3, estimates dialect
    4, search
    5, manifestFiles
    6, processorSeconds
]

/// The version that this program writes and reads.
let current = 6

/// The table that remembers which migrations were applied.
let bookkeeping =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)"
