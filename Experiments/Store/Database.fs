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
    /// Starts a transaction that will write. Fails with what IsLocked knows once another process has kept it waiting
    /// for about a second.
    BeginWrite: DbConnection -> DbTransaction
    /// Whether an exception says that another process has the database.
    IsLocked: exn -> bool
    /// The process that keeps others from writing, where it can be seen.
    Holder: DbConnection -> LockHolder option
    /// The database, as problems name it.
    Place: string
    /// The problem behind a database's exception, or None for a fault of the program.
    Explain: exn -> Problem option
}

/// One connection of one process, used by one thread at a time.
type Database(connection: DbConnection, dialect: Dialect, clock: TimeProvider) =
    static let patience = TimeSpan.FromMinutes 1.
    let gate = Lock()
    let mutable whileLocked: (LockHolder option -> TimeSpan -> bool) option = None

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

    // Who was suspended itself has not seen for how long another process held the database: each try counts for little.
    let seen (from: int64) =
        min (clock.GetElapsedTime from) (TimeSpan.FromSeconds 2.)

    let waitOn holder held since =
        match whileLocked with
        | Some work -> work holder held
        | None -> clock.GetElapsedTime since <= patience

    let rec begun (since: int64) (known: LockHolder option) (held: TimeSpan) =
        let from = clock.GetTimestamp()

        let tried =
            try
                Ok(dialect.BeginWrite connection)
            with error when dialect.IsLocked error ->
                Error(dialect.Holder connection)

        match tried with
        | Ok transaction -> transaction
        | Error holder ->
            let held = if holder = known then held + seen from else seen from

            if not (waitOn holder held since) then
                raise (ProblemException [ LockHolder.problem dialect.Place holder ])

            begun since holder held

    let beginWrite () =
        begun (clock.GetTimestamp()) None TimeSpan.Zero

    member _.Dialect = dialect
    member _.Now = clock.GetUtcNow()

    /// One reading transaction: every row comes from one state of the database.
    member _.Read(work: DbConnection -> 'T) : 'T =
        lock gate (fun () -> explained (fun () -> inTransaction (dialect.BeginRead connection) work))

    /// One writing transaction: all of it or nothing.
    member _.Write(work: DbConnection -> 'T) : 'T =
        lock gate (fun () -> explained (fun () -> inTransaction (beginWrite ()) work))

    /// What to do about once a second while another process keeps this one from writing, told which one and for how
    /// long it was seen to; it answers whether to wait on. With None a write gives up after a minute.
    member _.WhileLocked work =
        lock gate (fun () -> whileLocked <- work)

    interface IDisposable with
        member _.Dispose() =
            lock gate (fun () -> explained connection.Dispose)
