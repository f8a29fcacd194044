/// What SQLite's errors mean to a person.
module internal Orchestrator.Experiments.Store.SqliteProblems

open System.IO
open Microsoft.Data.Sqlite
open Orchestrator.Core.Contracts

/// True where another process has the database.
let isLocked (error: exn) =
    match error with
    | :? SqliteException as sqlite -> sqlite.SqliteErrorCode = 5 || sqlite.SqliteErrorCode = 6
    | _ -> false

let private problem (path: string) (error: SqliteException) =
    let folder = Path.GetDirectoryName path

    match error.SqliteErrorCode with
    | 8 -> Some("the database cannot be written", $"Give yourself write access to the file and to {folder}.")
    | 10 ->
        Some($"the disk failed to read or write ({error.Message})", $"Check the disk of {folder} and its free space.")
    | 11 -> Some("the database is damaged", "Restore it from a copy, or try: sqlite3 FILE .recover")
    | 13 -> Some("the disk is full", $"Free space on the disk of {folder} and run the command again: nothing was lost.")
    | 14 -> Some("the database cannot be opened", $"Check that {folder} is a folder that you can read and write.")
    | 26 -> Some("the file is not a database", "Move it away, or name another --results folder.")
    | _ -> None

/// The problem behind an exception at the database file, or None for a fault of the program.
let explain path (error: exn) =
    match error with
    | :? SqliteException as sqlite when isLocked sqlite -> Some(LockHolder.problem path None)
    | :? SqliteException as sqlite ->
        problem path sqlite
        |> Option.map (fun (cause, remedy) -> Problem(path, cause, remedy))
    | _ -> None
