/// SQLite from the operating system, which patches it: the package brings only the managed side.
module Orchestrator.Experiments.Store.SystemSqlite

open System
open System.Reflection
open System.Runtime.InteropServices
open Orchestrator.Core.Contracts
open SQLitePCL

let private candidates = [ "libsqlite3.so.0"; "libsqlite3.so"; "libsqlite3.dylib"; "winsqlite3" ]

let private load (assembly: Assembly) =
    candidates
    |> List.tryPick (fun name ->
        match NativeLibrary.TryLoad(name, assembly, Nullable()) with
        | true, handle -> Some handle
        | _ -> None)

let private missing =
    ProblemException [
        Problem("SQLite", "the system has no libsqlite3", "Install it: apt-get install libsqlite3-0")
    ]

let private initialise =
    lazy
        (let assembly = typeof<SQLite3Provider_e_sqlite3>.Assembly

         match load assembly with
         | None -> raise missing
         | Some handle ->
             NativeLibrary.SetDllImportResolver(
                 assembly,
                 fun name _ _ -> if name = "e_sqlite3" then handle else IntPtr.Zero
             )

             raw.SetProvider(new SQLite3Provider_e_sqlite3()))

/// Makes SQLite ready for use, once per process.
let ensure () = initialise.Force()

/// The library's version, such as 3.40.1.
let version () =
    ensure ()
    raw.sqlite3_libversion().utf8_to_string()
