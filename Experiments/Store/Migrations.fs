/// Brings a database to the current schema.
module Orchestrator.Experiments.Store.Migrations

open Orchestrator.Core.Contracts

/// The version of a database's schema; 0 for an empty database.
let version connection =
    Sql.rows connection "SELECT MAX(version) AS version FROM schema_migrations" [] (Sql.optional Sql.int "version")
    |> List.tryHead
    |> Option.flatten
    |> Option.defaultValue 0

/// Why a database of this version cannot be used, if it cannot.
let refusal place version =
    if version > Schema.current then
        Some(
            Problem(
                place,
                $"the database has schema version {version}, which is newer than this program's ({Schema.current}); it was left untouched",
                "Use the version of the program that wrote it, or another --results folder."
            )
        )
    else
        None

/// Applies what is missing, in one transaction.
let apply (database: Database) =
    database.Write(fun connection ->
        Sql.run connection Schema.bookkeeping [] |> ignore
        let found = version connection

        for number, statements in Schema.migrations database.Dialect.Schema do
            if number > found then
                for statement in statements do
                    Sql.run connection statement [] |> ignore

                Sql.run connection "INSERT INTO schema_migrations (version, applied_at) VALUES (@version, @at)" [
                    "version", box number
                    "at", Sql.time database.Now
                ]
                |> ignore)
