/// Opens a results database in PostgreSQL, which workers on several machines can share.
module Orchestrator.Experiments.Store.PostgresDatabase

open System
open System.Data
open System.Data.Common
open System.Globalization
open System.IO
open System.Net.Sockets
open Npgsql
open Orchestrator.Core.Contracts

// Writers go one after another, as they do in SQLite: the store's transactions are written for that, are a few
// milliseconds long, and come once per epoch and worker.
let private oneWriter = 7391055521L

let private beginWrite (connection: DbConnection) =
    let transaction = connection.BeginTransaction IsolationLevel.ReadCommitted

    try
        Sql.run
            connection
            "SET LOCAL lock_timeout = '1s'; SELECT pg_advisory_xact_lock(@key); SET LOCAL lock_timeout = 0"
            [ "key", box oneWriter ]
        |> ignore

        transaction
    with _ ->
        transaction.Dispose()
        reraise ()

let private isLocked (error: exn) =
    match error with
    | :? PostgresException as refused -> refused.SqlState = PostgresErrorCodes.LockNotAvailable
    | _ -> false

// What a session calls itself, so that others can tell whose it is. The server cuts names after 63 bytes.
let private session =
    $"orchestrator {Environment.ProcessId} {Environment.MachineName}"

let private holderIn (session: string) =
    match session.Split ' ' with
    | [| "orchestrator"; processId; host |] ->
        match Int32.TryParse(processId, NumberStyles.None, CultureInfo.InvariantCulture) with
        | true, processId -> Some { Host = host; ProcessId = processId }
        | _ -> None
    | _ -> None

// A key of 64 bits stands there in two halves.
let private holder connection =
    Sql.tryRow
        connection
        """SELECT COALESCE(application_name, '') FROM pg_locks JOIN pg_stat_activity USING (pid)
           WHERE locktype = 'advisory' AND granted AND datname = current_database()
             AND (classid::bigint << 32 | objid::bigint) = @key AND objsubid = 1"""
        [ "key", box oneWriter ]
        (fun row -> row.GetString 0)
    |> Option.bind holderIn

let private cause (error: NpgsqlException) =
    match error with
    | :? PostgresException as refused ->
        match refused.SqlState with
        | "53100" -> Some("the server's disk is full", "Free space on it and run the command again: nothing was lost.")
        | "53300" -> Some("the server has no connection left", "Raise its max_connections, or use fewer workers.")
        | "3D000" -> Some(refused.MessageText, "Create it: createdb NAME")
        | "28000"
        | "28P01"
        | "42501" -> Some(refused.MessageText, "Name a user that may use the database: postgres://USER:PASSWORD@...")
        | "25006" -> Some("the database cannot be written", "Name the primary server and no standby.")
        | _ -> None
    | _ -> Some($"the server cannot be reached: {error.Message}", "Start it, or check the address and the network.")

let private explain place (error: exn) =
    match error with
    | :? NpgsqlException as found -> cause found |> Option.map (fun (cause, remedy) -> Problem(place, cause, remedy))
    | :? SocketException
    | :? IOException
    | :? TimeoutException ->
        Some(Problem(place, $"the server cannot be reached: {error.Message}", "Check the address and the network."))
    | _ -> None

let private dialect place = {
    Schema = {
        Identity = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    }
    BeginRead = fun connection -> connection.BeginTransaction IsolationLevel.RepeatableRead
    BeginWrite = beginWrite
    IsLocked = isLocked
    Holder = holder
    Place = place
    Explain = explain place
}

let private absolute (address: string) =
    match Uri.TryCreate(address, UriKind.Absolute) with
    | true, uri -> Option.ofObj uri
    | _ -> None

/// An address such as postgres://user:password@host:5432/database as Npgsql reads it, and without its password.
let private settings (address: string) : Result<NpgsqlConnectionStringBuilder * string, Problem list> =
    match absolute address with
    | Some uri when
        (uri.Scheme = "postgres" || uri.Scheme = "postgresql")
        && uri.AbsolutePath.Length > 1
        ->
        let user = uri.UserInfo.Split(':', 2) |> Array.map Uri.UnescapeDataString

        let builder =
            NpgsqlConnectionStringBuilder(
                Host = uri.Host,
                Port = (if uri.Port > 0 then uri.Port else 5432),
                Database = Uri.UnescapeDataString(uri.AbsolutePath.Substring 1),
                Pooling = false,
                CommandTimeout = 60,
                ApplicationName = session,
                KeepAlive = 30
            )

        if user[0] <> "" then
            builder.Username <- user[0]

        if user.Length > 1 then
            builder.Password <- user[1]

        Ok(builder, $"postgres://{builder.Host}:{builder.Port}/{builder.Database}")
    | _ ->
        // The address may hold a password, which no message repeats.
        Error [
            Problem(
                "the store's address",
                "it is no address of a PostgreSQL database",
                "Write postgres://user:password@host:5432/database."
            )
        ]

let private hasBookkeeping connection =
    Sql.rows connection "SELECT 1 AS one WHERE to_regclass('schema_migrations') IS NOT NULL" [] ignore
    |> List.isEmpty
    |> not

let private foundVersion connection =
    if hasBookkeeping connection then
        Migrations.version connection
    else
        0

let private opened clock address (prepare: string -> Database -> int -> Result<Database, Problem list>) =
    settings address
    |> Result.bind (fun (builder, place) ->
        let connection = new NpgsqlConnection(builder.ConnectionString)

        let answer =
            try
                connection.Open()
                let version = foundVersion connection

                match Migrations.refusal place version with
                | Some problem -> Error [ problem ]
                | None -> prepare place (new Database(connection, dialect place, clock)) version
            with
            | :? ProblemException as problems -> Error(List.ofSeq problems.Problems)
            | error ->
                match explain place error with
                | Some problem -> Error [ problem ]
                | None ->
                    connection.Dispose()
                    reraise ()

        if answer.IsError then
            connection.Dispose()

        answer)

/// Opens the database for work; brings its schema up to date where needed.
let openForWork (clock: TimeProvider) (address: string) : Result<Database, Problem list> =
    opened clock address (fun _ database _ ->
        Migrations.apply database
        Ok database)

/// Opens the database to read only; it must hold results. One that an older program wrote is brought up to date first.
let openToRead (clock: TimeProvider) (address: string) : Result<Database, Problem list> =
    opened clock address (fun place database version ->
        if version = 0 then
            Error [
                Problem(place, "the database holds no results", "Run a manifest first, or name another database.")
            ]
        else
            if version < Schema.current then
                Migrations.apply database

            Ok database)
