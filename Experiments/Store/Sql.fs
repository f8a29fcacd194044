/// Plain ADO.NET, the part that is the same in every database: parameters are written @name.
module Orchestrator.Experiments.Store.Sql

open System
open System.Data.Common
open System.Globalization

type Parameters = (string * objnull) list

/// A value or NULL.
let nullable (value: 'T option) : objnull =
    match value with
    | Some v -> box v
    | None -> box DBNull.Value

/// Times are text in ISO 8601 with milliseconds in UTC: people read them, and their order is their text's order.
let time (value: DateTimeOffset) : objnull =
    value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
    |> box

let private prepare (connection: DbConnection) (sql: string) (parameters: Parameters) =
    let command = connection.CreateCommand()
    command.CommandText <- sql

    for name, value in parameters do
        let parameter = command.CreateParameter()
        parameter.ParameterName <- "@" + name
        parameter.Value <- value
        command.Parameters.Add parameter |> ignore

    command

/// Runs a statement; answers the rows it changed.
let run connection sql parameters =
    use command = prepare connection sql parameters
    command.ExecuteNonQuery()

/// Reads all rows.
let rows connection sql parameters (read: DbDataReader -> 'T) =
    use command = prepare connection sql parameters
    use reader = command.ExecuteReader()
    let found = ResizeArray<'T>()

    while reader.Read() do
        found.Add(read reader)

    List.ofSeq found

let tryRow connection sql parameters read =
    rows connection sql parameters read |> List.tryHead

/// A statement for many rows: prepared once, its values set in the order of the names.
type Statement(connection: DbConnection, sql: string, names: string list) =
    let command =
        prepare connection sql (names |> List.map (fun name -> name, box DBNull.Value))

    member _.Run(values: objnull list) =
        values |> List.iteri (fun i value -> command.Parameters[i].Value <- value)
        command.ExecuteNonQuery() |> ignore

    interface IDisposable with
        member _.Dispose() = command.Dispose()

let text (name: string) (row: DbDataReader) = row.GetString(row.GetOrdinal name)

let int (name: string) (row: DbDataReader) =
    Convert.ToInt32(row.GetValue(row.GetOrdinal name), CultureInfo.InvariantCulture)

let long (name: string) (row: DbDataReader) =
    Convert.ToInt64(row.GetValue(row.GetOrdinal name), CultureInfo.InvariantCulture)

let optional (read: string -> DbDataReader -> 'T) (name: string) (row: DbDataReader) =
    if row.IsDBNull(row.GetOrdinal name) then
        None
    else
        Some(read name row)

let real (name: string) (row: DbDataReader) =
    Convert.ToDouble(row.GetValue(row.GetOrdinal name), CultureInfo.InvariantCulture)

let instant (name: string) (row: DbDataReader) =
    DateTimeOffset.Parse(text name row, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
