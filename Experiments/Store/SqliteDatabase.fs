/// Opens the results database of a folder.
module Orchestrator.Experiments.Store.SqliteDatabase

open System
open System.Data
open System.Data.Common
open System.IO
open Microsoft.Data.Sqlite
open Orchestrator.Core.Contracts

/// The database's file of a results folder.
let pathIn (resultsFolder: string) =
    Path.Combine(resultsFolder, "orchestrator.db")

// Seconds that a statement waits for another process, and those of one try to begin a write.
let private patience, oneTry = 60, 1

// SQLite's own waiting, which looks again sooner than the provider does.
let private lookAgain = $"busy_timeout = {1000 * oneTry}"

// BEGIN IMMEDIATE: a transaction that reads first and writes later would fail instead of waiting.
let private beginWrite (connection: DbConnection) =
    let connection = connection :?> SqliteConnection
    connection.DefaultTimeout <- oneTry

    try
        connection.BeginTransaction IsolationLevel.Serializable :> DbTransaction
    finally
        connection.DefaultTimeout <- patience

let private dialect path = {
    Schema = {
        Identity = "INTEGER PRIMARY KEY AUTOINCREMENT"
    }
    BeginRead = fun connection -> (connection :?> SqliteConnection).BeginTransaction(deferred = true)
    BeginWrite = beginWrite
    IsLocked = SqliteProblems.isLocked
    Holder = fun _ -> SqliteLock.holder path
    Place = path
    Explain = SqliteProblems.explain path
}

let private connect (source: string) (mode: SqliteOpenMode) =
    SystemSqlite.ensure ()

    let settings =
        SqliteConnectionStringBuilder(
            DataSource = source,
            Mode = mode,
            Pooling = false,
            ForeignKeys = Nullable true,
            DefaultTimeout = patience
        )

    let connection = new SqliteConnection(settings.ConnectionString)

    try
        connection.Open()
        connection
    with _ ->
        connection.Dispose()
        reraise ()

// WAL with NORMAL: a killed process loses nothing; a power cut can take the last transactions, whose trials then go
// on from their checkpoints, which are on disk. FULL costs ten times the writes.
let private prepare connection =
    for pragma in [ lookAgain; "journal_mode = WAL"; "synchronous = NORMAL" ] do
        Sql.rows connection $"PRAGMA {pragma}" [] ignore |> ignore

let private hasBookkeeping connection =
    Sql.rows connection "SELECT name FROM sqlite_master WHERE name = 'schema_migrations'" [] ignore
    |> List.isEmpty
    |> not

let private foundVersion connection =
    if hasBookkeeping connection then
        Migrations.version connection
    else
        0

let private guarded path work =
    try
        work ()
    with
    | :? ProblemException as problems -> Error(List.ofSeq problems.Problems)
    | :? UnauthorizedAccessException
    | :? IOException as error ->
        Error [
            Problem(path, error.Message, "Give yourself write access, or name another --results folder.")
        ]
    | error ->
        match SqliteProblems.explain path error with
        | Some problem -> Error [ problem ]
        | None -> reraise ()

let private refuseShared path folder =
    match FileSystems.sharedType folder with
    | Some name ->
        raise (
            ProblemException [
                Problem(
                    path,
                    $"the folder lies on a network file system ({name}), whose locks cannot protect an SQLite database",
                    "Name a --results folder on a local disk; for several machines keep the results in PostgreSQL: ORCHESTRATOR_STORE=postgres://user:password@host/database."
                )
            ]
        )
    | None -> ()

/// Opens the database for work; creates it and brings its schema up to date where needed.
let openForWork (clock: TimeProvider) (resultsFolder: string) : Result<Database, Problem list> =
    let path = pathIn resultsFolder

    guarded path (fun () ->
        Directory.CreateDirectory resultsFolder |> ignore
        refuseShared path resultsFolder
        let connection = connect path SqliteOpenMode.ReadWriteCreate

        try
            match Migrations.refusal path (foundVersion connection) with
            | Some problem -> raise (ProblemException [ problem ])
            | None ->
                prepare connection
                let database = new Database(connection, dialect path, clock)
                Migrations.apply database
                Ok database
        with _ ->
            connection.Dispose()
            reraise ())

// Without write access SQLite cannot make the shared-memory file of a WAL; a database that nobody writes needs none.
let private openWhatIsThere path =
    try
        let connection = connect path SqliteOpenMode.ReadOnly

        try
            foundVersion connection |> ignore
            connection
        with _ ->
            connection.Dispose()
            reraise ()
    with :? SqliteException as error when error.SqliteErrorCode = 8 || error.SqliteErrorCode = 14 ->
        if File.Exists(path + "-wal") then
            reraise ()
        else
            connect $"file:{Uri.EscapeDataString(Path.GetFullPath path)}?immutable=1" SqliteOpenMode.ReadOnly

/// Opens the database to read only; it must exist. One that an older program wrote is brought up to date first.
let rec openToRead (clock: TimeProvider) (resultsFolder: string) : Result<Database, Problem list> =
    let path = pathIn resultsFolder

    guarded path (fun () ->
        if not (File.Exists path) then
            Error [
                Problem(path, "there is no results database", "Run a manifest first, or name the --results folder.")
            ]
        else
            let connection = openWhatIsThere path

            match Migrations.refusal path (foundVersion connection), foundVersion connection with
            | Some problem, _ ->
                connection.Dispose()
                Error [ problem ]
            | None, 0 ->
                connection.Dispose()

                Error [
                    Problem(path, "the database holds no results", "Name the --results folder of a sweep.")
                ]
            | None, found when found < Schema.current ->
                connection.Dispose()

                openForWork clock resultsFolder
                |> Result.bind (fun database ->
                    (database :> IDisposable).Dispose()
                    openToRead clock resultsFolder)
            | None, _ ->
                Sql.rows connection $"PRAGMA {lookAgain}" [] ignore |> ignore
                Ok(new Database(connection, dialect path, clock)))
