namespace Orchestrator.Experiments.Store

open System
open System.Data.Common
open System.Runtime.ExceptionServices
open System.Threading
open Orchestrator.Core.Contracts

/// What the databases do differently.
type Dialect = {
    Schema: Schema.SchemaDialect
    /// Starts a transaction that only reads, and holds no writer up.
    BeginRead: DbConnection -> DbTransaction
    /// Starts a transaction that will write.
    BeginWrite: DbConnection -> DbTransaction
    /// The problem behind a database's exception, or None for a fault of the program.
    Explain: exn -> Problem option
}

/// One connection of one process, used by one thread at a time.
type Database(connection: DbConnection, dialect: Dialect, clock: TimeProvider) =
    let gate = Lock()

    // A failed database access is a problem of the user's (disk full, file locked) or a fault, which passes.
    let explained work =
        try
            work ()
        with error ->
            match dialect.Explain error with
            | Some problem -> raise (ProblemException [ problem ])
            | None -> reraise ()

    // On a full disk SQLite rolls a transaction back by itself. A rollback then finds none, and its complaint would hide
    // the reason and leave the connection in between; one that was begun for it can be rolled back.
    let undo (transaction: DbTransaction) =
        try
            transaction.Dispose()
        with :? DbException ->
            try
                Sql.run connection "BEGIN" [] |> ignore
                transaction.Dispose()
            with :? DbException ->
                // A connection that is lost has nothing to roll back, which the error that is passed on says.
                ()

    let inTransaction (transaction: DbTransaction) work =
        let outcome =
            try
                let answer = work connection
                transaction.Commit()
                Ok answer
            with error ->
                Error(ExceptionDispatchInfo.Capture error)

        match outcome with
        | Ok answer ->
            transaction.Dispose()
            answer
        | Error first ->
            undo transaction
            first.Throw()
            invalidOp "an exception was thrown and passed"

    member _.Dialect = dialect
    member _.Now = clock.GetUtcNow()

    /// One reading transaction: every row comes from one state of the database.
    member _.Read(work: DbConnection -> 'T) : 'T =
        lock gate (fun () -> explained (fun () -> inTransaction (dialect.BeginRead connection) work))

    /// One writing transaction: all of it or nothing.
    member _.Write(work: DbConnection -> 'T) : 'T =
        lock gate (fun () -> explained (fun () -> inTransaction (dialect.BeginWrite connection) work))

    interface IDisposable with
        member _.Dispose() =
            lock gate (fun () -> explained connection.Dispose)
