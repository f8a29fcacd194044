namespace Orchestrator.Experiments.Tests.Store

open System
open System.IO
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

/// Waiting for SQLite in a folder that is reached by a symbolic link; the kernel names its files without.
type LinkedSqliteLockTests() =
    inherit LockedStoreContract()
    let folder = new Some.Folder()
    let target = Directory.CreateDirectory(Path.Combine(folder.Path, "disk", "results"))

    let link =
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "link"), Path.Combine(folder.Path, "disk"))

    override _.Open clock =
        SqliteDatabase.openForWork clock (Path.Combine(link.FullName, target.Name))
        |> Some.ok

    interface IDisposable with
        member _.Dispose() = (folder :> IDisposable).Dispose()
