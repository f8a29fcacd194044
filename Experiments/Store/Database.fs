namespace Orchestrator.Experiments.Store

open System
open System.Data.Common
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

    member _.Dialect = dialect
    member _.Now = clock.GetUtcNow()

    /// One reading transaction: every row comes from one state of the database.
    member _.Read(work: DbConnection -> 'T) : 'T =
        lock gate (fun () ->
            explained (fun () ->
                use transaction = dialect.BeginRead connection
                let answer = work connection
                transaction.Commit()
                answer))

    /// One writing transaction: all of it or nothing.
    member _.Write(work: DbConnection -> 'T) : 'T =
        lock gate (fun () ->
            explained (fun () ->
                use transaction = dialect.BeginWrite connection
                let answer = work connection
                transaction.Commit()
                answer))

    interface IDisposable with
        member _.Dispose() =
            lock gate (fun () -> explained connection.Dispose)
