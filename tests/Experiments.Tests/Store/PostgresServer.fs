namespace Orchestrator.Experiments.Tests.Store

open System
open System.Diagnostics
open System.IO
open System.Net
open System.Net.Sockets

/// A PostgreSQL server of the tests' own: its files in a folder that goes with it, its port a free one.
type PostgresServer private (bin: string, folder: string, port: int) =

    // The server refuses to run as root; a container's root becomes the package's own user.
    static let asOrdinaryUser (program: string) (arguments: string list) =
        if Environment.UserName = "root" then
            "setpriv",
            [ "--reuid=postgres"; "--regid=postgres"; "--clear-groups"; program ]
            @ arguments
        else
            program, arguments

    static let run (program: string) arguments =
        let name, all = asOrdinaryUser program arguments
        let start = ProcessStartInfo(name, all, WorkingDirectory = "/")
        start.RedirectStandardOutput <- true
        start.RedirectStandardError <- true
        use child = nonNull (Process.Start start)
        let errors = child.StandardError.ReadToEndAsync()
        // pg_ctl leaves its pipe to the server, so only what ends with the program itself is waited for.
        child.WaitForExit()

        if child.ExitCode <> 0 then
            invalidOp $"{program} ended with {child.ExitCode}: {errors.Result}"

    static let freePort () =
        use listener = new TcpListener(IPAddress.Loopback, 0)
        listener.Start()
        (listener.LocalEndpoint :?> IPEndPoint).Port

    static let installed () =
        if Directory.Exists "/usr/lib/postgresql" then
            Directory.GetDirectories "/usr/lib/postgresql"
            |> Array.map (fun version -> Path.Combine(version, "bin"))
            |> Array.filter (fun bin -> File.Exists(Path.Combine(bin, "initdb")))
            |> Array.sortDescending
            |> Array.tryHead
        else
            None

    /// Starts a server, or answers None where PostgreSQL is not installed.
    static member TryStart() =
        installed ()
        |> Option.map (fun bin ->
            let folder = Directory.CreateTempSubdirectory("orchestrator-postgres-").FullName

            if Environment.UserName = "root" then
                use child = Process.Start("chown", [ "postgres"; folder ])
                child.WaitForExit()

            let data = Path.Combine(folder, "data")
            let port = freePort ()

            run (Path.Combine(bin, "initdb")) [
                "--pgdata"
                data
                "--username"
                "tester"
                "--auth"
                "trust"
                "--no-sync"
                "--encoding"
                "UTF8"
            ]

            run (Path.Combine(bin, "pg_ctl")) [
                "--pgdata"
                data
                "--wait"
                "--log"
                Path.Combine(folder, "log")
                "--options"
                $"-h 127.0.0.1 -p {port} -k {folder} -F"
                "start"
            ]

            new PostgresServer(bin, folder, port))

    /// Makes an empty database and answers its address.
    member _.NewDatabase() =
        let name = $"t{Guid.NewGuid():N}"
        run (Path.Combine(bin, "createdb")) [ "-h"; "127.0.0.1"; "-p"; string port; "-U"; "tester"; name ]
        $"postgres://tester@127.0.0.1:{port}/{name}"

    interface IDisposable with
        member _.Dispose() =
            run (Path.Combine(bin, "pg_ctl")) [
                "--pgdata"
                Path.Combine(folder, "data")
                "--mode"
                "immediate"
                "stop"
            ]

            Directory.Delete(folder, true)

/// One server for all tests that ask for it.
type PostgresFixture() =
    let server = lazy (PostgresServer.TryStart())
    member _.Server = server.Force()

    interface IDisposable with
        member _.Dispose() =
            if server.IsValueCreated then
                server.Value |> Option.iter (fun running -> (running :> IDisposable).Dispose())
