namespace Orchestrator.Experiments.Tests.Store

open System
open Orchestrator.Experiments.Store

/// The store over SQLite.
type SqliteTrialStoreTests() =
    inherit TrialStoreContract()
    let folder = new Some.Folder()

    override _.Open clock =
        new SqlTrialStore(SqliteDatabase.openForWork clock folder.Path |> Some.ok)

    interface IDisposable with
        member _.Dispose() = (folder :> IDisposable).Dispose()

/// Estimates in SQLite.
type SqliteEstimateTests() =
    inherit EstimateStoreContract()
    let folder = new Some.Folder()

    override _.Open clock =
        new SqlTrialStore(SqliteDatabase.openForWork clock folder.Path |> Some.ok)

    interface IDisposable with
        member _.Dispose() = (folder :> IDisposable).Dispose()

/// Waiting for SQLite.
type SqliteLockTests() =
    inherit LockedStoreContract()
    let folder = new Some.Folder()

    override _.Open clock =
        SqliteDatabase.openForWork clock folder.Path |> Some.ok

    interface IDisposable with
        member _.Dispose() = (folder :> IDisposable).Dispose()
