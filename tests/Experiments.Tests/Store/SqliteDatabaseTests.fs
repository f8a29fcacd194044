/// Opening, refusing and losing the database's file.
module Orchestrator.Experiments.Tests.Store.SqliteDatabaseTests

open System
open System.Diagnostics
open System.IO
open System.Security.Cryptography
open System.Threading.Tasks
open Microsoft.Data.Sqlite
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Store
open Xunit

let private openStore (folder: Some.Folder) = TrialStore.openForWork folder.Path

let private problemOf result =
    match result with
    | Error problems -> List.exactlyOne (problems: Problem list)
    | Ok(_: ITrialStore) -> invalidOp "expected a problem"

let private execute (folder: Some.Folder) sql =
    SystemSqlite.ensure ()
    let path = SqliteDatabase.pathIn folder.Path
    use connection = new SqliteConnection($"Data Source={path};Pooling=False")
    connection.Open()
    Sql.run connection sql [] |> ignore

let private digest (folder: Some.Folder) =
    Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(SqliteDatabase.pathIn folder.Path)))

[<Fact>]
let ``A database of a newer version is refused and left untouched`` () =
    use folder = new Some.Folder()
    (openStore folder |> Some.ok).Dispose()
    execute folder "INSERT INTO schema_migrations (version, applied_at) VALUES (99, 'later')"
    let before = digest folder
    let problem = problemOf (openStore folder)

    Assert.Contains("version 99", problem.Cause)
    Assert.Contains("version 99", (problemOf (TrialStore.openToRead folder.Path)).Cause)
    Assert.Equal(before, digest folder)

// As an earlier version of the program left it.
let private older (folder: Some.Folder) (version: int) =
    let statements =
        Schema.migrations {
            Identity = "INTEGER PRIMARY KEY AUTOINCREMENT"
        }
        |> List.filter (fun (number, _) -> number <= version)
        |> List.collect snd

    for statement in Schema.bookkeeping :: statements do
        execute folder statement

    for number in 1..version do
        execute folder $"INSERT INTO schema_migrations (version, applied_at) VALUES ({number}, '2026-11-21T00:00:00Z')"

    execute
        folder
        "INSERT INTO sweeps (name, manifest, metric, direction, retry_lost, retry_out_of_memory, retry_diverged,
                             retry_failed, created_at, updated_at)
         VALUES ('s', 'm', 'val/elbo', 'maximize', 3, 1, 0, 0, '2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z')"

[<Theory>]
[<InlineData 1>]
[<InlineData 2>]
let ``A database of an older version is brought up to date, also by one that only reads`` (version: int) =
    use folder = new Some.Folder()
    older folder version
    use store = TrialStore.openToRead folder.Path |> Some.ok
    Assert.Equal<string list>([ "s" ], store.Sweeps() |> List.map _.Name)
    Assert.Empty(store.Estimates "s")
    Assert.Equal(0, (Some.status store "s").Counts.Planned)

[<Fact>]
let ``Reading brings a database of an older version up to date`` () =
    use folder = new Some.Folder()

    (use store = openStore folder |> Some.ok
     store.SavePlan(Some.plan "s" 3 [ 2 ], "m") |> ignore)

    execute folder "ALTER TABLE sweeps DROP COLUMN manifest_file"
    execute folder "ALTER TABLE estimates DROP COLUMN processor_seconds"
    execute folder "ALTER TABLE estimates DROP COLUMN took_processor_seconds"
    execute folder "DELETE FROM schema_migrations WHERE version >= 5"
    use reader = TrialStore.openToRead folder.Path |> Some.ok
    Assert.Equal("", (Some.results reader "s").Sweep.ManifestFile)

[<Fact>]
let ``The name of a manifest's file is kept with its sweep`` () =
    use folder = new Some.Folder()
    use store = openStore folder |> Some.ok
    store.SavePlan(Some.plan "s" 3 [ 2 ], "m") |> ignore
    store.NameManifest("s", "study.yaml")
    store.SavePlan(Some.plan "s" 4 [ 2 ], "m") |> ignore
    Assert.Equal("study.yaml", (Some.results store "s").Sweep.ManifestFile)

[<Fact>]
let ``A file that is no database is refused and left untouched`` () =
    use folder = new Some.Folder()
    let path = SqliteDatabase.pathIn folder.Path
    File.WriteAllText(path, String.replicate 200 "this is a text file\n")
    let before = digest folder

    Assert.Contains("not a database", (problemOf (openStore folder)).Cause)
    Assert.Equal(before, digest folder)

[<Fact>]
let ``Reading where nothing was ever run names the folder`` () =
    use folder = new Some.Folder()
    let problem = problemOf (TrialStore.openToRead folder.Path)
    Assert.Contains(folder.Path, problem.Where)
    Assert.Contains("no results database", problem.Cause)

[<Fact>]
let ``A results folder under a file is a problem and no crash`` () =
    use folder = new Some.Folder()
    let file = Path.Combine(folder.Path, "file")
    File.WriteAllText(file, "")
    Assert.NotEmpty((problemOf (TrialStore.openForWork (Path.Combine(file, "results")))).Remedy)

let private mount (arguments: string list) =
    use child = Process.Start("mount", arguments)
    child.WaitForExit()
    child.ExitCode = 0

let private unmount (path: string) =
    use child = Process.Start("umount", [ path ])
    child.WaitForExit()

let private onSmallDisk (work: string -> unit) =
    use folder = new Some.Folder()

    if
        Environment.UserName = "root"
        && mount [ "-t"; "tmpfs"; "-o"; "size=512k"; "tmpfs"; folder.Path ]
    then
        try
            work folder.Path
        finally
            unmount folder.Path
    else
        Assert.Skip "a file system can be mounted only by root"

[<Fact>]
let ``A full disk is a problem that loses nothing`` () =
    onSmallDisk (fun path ->
        use store = TrialStore.openForWork path |> Some.ok
        store.SavePlan(Some.plan "s" 3 [ 2 ], "m") |> ignore

        let error =
            Assert.Throws<ProblemException>(fun () -> store.SavePlan(Some.plan "big" 5000 [ 2 ], "m") |> ignore)

        Assert.Contains("full", (Seq.exactlyOne error.Problems).Cause)
        Assert.Equal(3, (store.Counts "s").Planned)
        Assert.Equal(0, (store.Counts "big").Planned))

[<Fact>]
let ``A read-only disk can be read and not written`` () =
    onSmallDisk (fun path ->
        let store = TrialStore.openForWork path |> Some.ok
        store.SavePlan(Some.plan "s" 3 [ 2 ], "m") |> ignore
        store.Dispose()
        Assert.True(mount [ "-o"; "remount,ro"; path ])
        use reader = TrialStore.openToRead path |> Some.ok

        Assert.Equal(3, (reader.Counts "s").Planned)
        Assert.NotEmpty((problemOf (TrialStore.openForWork path)).Remedy))

[<Theory>]
[<InlineData("/home/me/results", "nfs4")>]
[<InlineData("/home/me", "nfs4")>]
[<InlineData("/homestead", "ext4")>]
[<InlineData("/home/local disk/results", "xfs")>]
let ``The file system of a folder is that of its longest mount point`` (path: string, expected: string) =
    let mounts = [
        "/dev/sda / ext4 rw 0 0"
        "server:/home /home nfs4 rw 0 0"
        "/dev/sdb /home/local\\040disk xfs rw 0 0"
    ]

    Assert.Equal(Some expected, FileSystems.typeOf mounts path)

[<Fact>]
let ``Ten connections write at once without a lock error`` () =
    use folder = new Some.Folder()

    do
        use store = openStore folder |> Some.ok
        store.SavePlan(Some.plan "s" 40 [ 3 ], "m") |> ignore

    let rec work (store: ITrialStore) =
        match store.Claim(Some.request "s" "w") with
        | ClaimAnswer.Claimed claim ->
            for epoch in 1..3 do
                store.RecordEpoch(claim.Token, epoch, Some.metrics epoch -1., Some.lease)
                |> ignore

            store.Finish(claim.Token, Some.completed 3 -1., "") |> ignore
            work store
        | _ -> ()

    let worker () =
        use store = openStore folder |> Some.ok
        work store

    Task.WaitAll [|
        for _ in 1..10 -> Task.Factory.StartNew(worker, TaskCreationOptions.LongRunning)
    |]

    use store = openStore folder |> Some.ok
    Assert.Equal(40, (store.Counts "s").Completed)
    Assert.Equal(40, (Some.results store "s").Attempts.Length)

// What a crash of the machine leaves: the files as they lay while the store was open, the log cut short.
let private crashed (folder: Some.Folder) (share: float) =
    let copy = new Some.Folder()
    let path = SqliteDatabase.pathIn folder.Path
    File.Copy(path, SqliteDatabase.pathIn copy.Path)
    let log = File.ReadAllBytes(path + "-wal")
    File.WriteAllBytes(SqliteDatabase.pathIn copy.Path + "-wal", log[.. int (float log.Length * share) - 1])
    copy

[<Theory>]
[<InlineData(0.99)>]
[<InlineData(0.9)>]
[<InlineData(0.7)>]
[<InlineData(0.5)>]
let ``A truncated log costs its last transactions and leaves balanced books`` (share: float) =
    use folder = new Some.Folder()
    (openStore folder |> Some.ok).Dispose()
    use store = openStore folder |> Some.ok
    store.SavePlan(Some.plan "s" 20 [ 1 ], "m") |> ignore

    for _ in 1..20 do
        let claim = Some.claim store "s"
        let outcome = TrialOutcome(Outcome = AttemptOutcome.Completed, EpochsDone = 1)
        store.Finish(claim.Token, outcome, "") |> ignore

    use copy = crashed folder share
    use reopened = openStore copy |> Some.ok
    let counts = reopened.Counts "s"

    Assert.Equal(20, counts.Planned)
    Assert.InRange(counts.Completed, 1, 19)
    Assert.Empty((BooksCheck.audit copy.Path (Some.results reopened "s")).Faults)

    for running in reopened.Running "s" do
        reopened.MarkLost([ running.Token ], "gone with the machine") |> ignore

    while (reopened.Counts "s").Completed < 20 do
        let claim = Some.claim reopened "s"
        let outcome = TrialOutcome(Outcome = AttemptOutcome.Completed, EpochsDone = 1)
        reopened.Finish(claim.Token, outcome, "") |> ignore

    Assert.Empty((BooksCheck.audit copy.Path (Some.results reopened "s")).Faults)
