/// Which processes say that they are there, and which of them are asked to stop.
module internal Orchestrator.Experiments.Store.Processes

open System.Data.Common

/// A process out of a row that has its columns.
let read row : ProcessRecord = {
    Name = Sql.text "name" row
    Role = Sql.text "role" row
    Sweep = Sql.text "sweep" row
    Host = Sql.text "host" row
    ProcessId = Sql.int "pid" row
    Process = Sql.text "process" row
}

// A name can come back with another process, which nobody asked anything yet.
let private upsert =
    """
    INSERT INTO processes (name, role, sweep, host, pid, process, started_at, seen_at)
    VALUES (@name, @role, @sweep, @host, @pid, @process, @now, @now)
    ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at, ended_at = NULL, pid = excluded.pid,
        stop_asked = CASE WHEN processes.process = excluded.process THEN processes.stop_asked ELSE 0 END,
        process = excluded.process
    RETURNING stop_asked"""

/// Notes that the process is there; answers whether it is asked to stop.
let beat now (process': ProcessRecord) (connection: DbConnection) =
    Sql.rows
        connection
        upsert
        [
            "name", box process'.Name
            "role", box process'.Role
            "sweep", box process'.Sweep
            "host", box process'.Host
            "pid", box process'.ProcessId
            "process", box process'.Process
            "now", Sql.time now
        ]
        (Sql.int "stop_asked")
    |> List.exists (fun asked -> asked = 1)

let leave now (name: string) (connection: DbConnection) =
    Sql.run connection "UPDATE processes SET ended_at = @now WHERE name = @name" [
        "name", box name
        "now", Sql.time now
    ]
    |> ignore

/// Asks every coordinator of the sweep that has not ended; answers them.
let askToStop (sweep: string) (connection: DbConnection) : ProcessRecord list =
    Sql.rows
        connection
        """UPDATE processes SET stop_asked = 1 WHERE sweep = @sweep AND role = 'coordinator' AND ended_at IS NULL
           RETURNING name, role, sweep, host, pid, process"""
        [ "sweep", box sweep ]
        read
