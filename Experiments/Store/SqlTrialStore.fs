namespace Orchestrator.Experiments.Store

open System
open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// The store over an SQL database.
type SqlTrialStore(database: Database) =

    interface ITrialStore with
        member _.SavePlan(plan: Plan, manifest) =
            database.Write(PlanWriter.save database.Now plan manifest)

        member _.NameManifest(sweep, file) =
            database.Write(fun connection ->
                Sql.run connection "UPDATE sweeps SET manifest_file = @file WHERE name = @sweep" [
                    "file", box file
                    "sweep", box sweep
                ]
                |> ignore)

        member _.RetryFailed sweep =
            database.Write(fun connection ->
                PendingOrder.forget connection

                Sql.run
                    connection
                    """UPDATE trials SET state = 'pending', retry_token = COALESCE(token, 0), error = NULL
                       WHERE state = 'failed'
                         AND id IN (SELECT trial_id FROM sweep_trials WHERE sweep = @sweep AND orphaned = 0)"""
                    [ "sweep", box sweep ])

        member _.Claim request =
            database.Write(Claims.claim database.Now request)

        member _.Renew(token, progress, lease) =
            database.Write(AttemptWrites.renew database.Now token progress lease)

        member _.RecordResumed(token, epoch, metrics, lease) =
            database.Write(AttemptWrites.recordResumed database.Now token epoch metrics lease)

        member _.RecordEpoch(token, epoch, metrics, lease) =
            database.Write(AttemptWrites.recordEpoch database.Now token epoch metrics lease)

        member _.Finish(token, outcome, logTail) =
            database.Write(AttemptEndings.finish database.Now token outcome logTail)

        member _.MarkLost(tokens, reason) =
            database.Write(AttemptEndings.markLost database.Now tokens reason)

        member _.MarkSilent(token, progressedAt, reason) =
            database.Write(AttemptEndings.markSilent database.Now token progressedAt reason)

        member _.Decisions sweep =
            database.Read(PruningDecisions.all sweep)

        member _.Figures sweep =
            database.Read(ProposalWrites.figures sweep)

        member _.ToCome sweep =
            database.Read(ProposalWrites.toCome sweep)

        member _.Propose(sweep, known, proposals) =
            database.Write(ProposalWrites.propose database.Now sweep known proposals)

        member _.Running sweep =
            database.Read(StatusReader.running sweep)

        member _.Counts sweep =
            database.Read(StatusReader.standing sweep).Counts

        member _.Standing sweep =
            database.Read(StatusReader.standing sweep)

        member _.Sweeps() = database.Read ResultsReader.sweeps

        member _.Status sweep =
            database.Read(StatusReader.status sweep)

        member _.Trials sweep =
            database.Read(fun connection -> ResultsReader.trials connection sweep)

        member _.Pace(host, device, threads) =
            database.Read(Estimates.pace host device threads)

        member _.Results sweep =
            database.Read(ResultsReader.results sweep)

        member _.Beat beat =
            database.Write(Processes.beat database.Now beat)

        member _.Leave name =
            database.Write(Processes.leave database.Now name)

        member _.AskToStop sweep =
            database.Write(Processes.askToStop sweep)

        member _.Orphans sweep = database.Read(Pruning.orphans sweep)

        member _.Prune sweep = database.Write(Pruning.prune sweep)

        member _.Folders() = database.Read Pruning.folders

        member _.SaveEstimate(estimate, costs) =
            database.Write(Estimates.save estimate costs)

        member _.CloseEstimate(id, fact) = database.Write(Estimates.close id fact)

        member _.Estimates sweep = database.Read(Estimates.ofSweep sweep)

        member _.Repair sweep = database.Write(Repairs.repair sweep)

        member _.WhileLocked work = database.WhileLocked work

    interface IDisposable with
        member _.Dispose() = (database :> IDisposable).Dispose()

/// The store of a results folder.
module TrialStore =
    let private over (database: Database) : ITrialStore = new SqlTrialStore(database)

    /// The environment variable with the address of a PostgreSQL database, such as postgres://user@host/results.
    let variable = "ORCHESTRATOR_STORE"

    let private address () =
        Environment.GetEnvironmentVariable variable
        |> Option.ofObj
        |> Option.filter (fun address -> address <> "")

    /// Opens the store for work; creates it where it is missing.
    let openForWork resultsFolder =
        match address () with
        | Some address -> PostgresDatabase.openForWork TimeProvider.System address |> Result.map over
        | None -> SqliteDatabase.openForWork TimeProvider.System resultsFolder |> Result.map over

    /// Opens a store in a folder of its own, wherever the results are kept; worker processes find it there too.
    let openScratch folder =
        Environment.SetEnvironmentVariable(variable, null)
        SqliteDatabase.openForWork TimeProvider.System folder |> Result.map over

    /// Opens the store to read; it must exist.
    let openToRead resultsFolder =
        match address () with
        | Some address -> PostgresDatabase.openToRead TimeProvider.System address |> Result.map over
        | None -> SqliteDatabase.openToRead TimeProvider.System resultsFolder |> Result.map over

    /// False where nothing was ever run: there is no database to open.
    let isThere resultsFolder =
        (address ()).IsSome || File.Exists(SqliteDatabase.pathIn resultsFolder)

    /// What holds the results of a folder, for people; never a password.
    let place resultsFolder =
        match address () with
        | Some _ -> $"the PostgreSQL database of ${variable}"
        | None -> SqliteDatabase.pathIn resultsFolder
