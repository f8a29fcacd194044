module Orchestrator.Experiments.Tests.Report.ExportFormatTests

open System
open System.Buffers.Binary
open System.IO
open System.Text
open Microsoft.Data.Sqlite
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store
open Orchestrator.Experiments.Tests.Report.SomeSweep
open Xunit

let private inFolder action =
    let folder = Directory.CreateTempSubdirectory("export-").FullName

    try
        action folder
    finally
        Directory.Delete(folder, true)

[<Fact>]
let ``the checksum is the Castagnoli one`` () =
    Assert.Equal(0xE3069283u, ExportEventFile.crc32c (ReadOnlySpan(Encoding.ASCII.GetBytes "123456789")))
    // RFC 3720, appendix B.4: 32 bytes of zeroes.
    Assert.Equal(0x8A9136AAu, ExportEventFile.crc32c (ReadOnlySpan(Array.zeroCreate<byte> 32)))

[<Fact>]
let ``an event file begins as every event file does`` () =
    use stream = new MemoryStream()
    ExportEventFile.write stream DateTimeOffset.UnixEpoch [] []
    let bytes = stream.ToArray()
    // The length 24 and its masked checksum; then the time's key and eight bytes, then the version's key and text.
    Assert.Equal<byte array>(Convert.FromHexString "1800000000000000A37F4B22", bytes[..11])
    Assert.Equal<byte array>(Convert.FromHexString "0900000000000000001A0D", bytes[12..22])
    Assert.Equal("brain.Event:2", Encoding.ASCII.GetString bytes[23..35])
    Assert.Equal(40, bytes.Length)

[<Fact>]
let ``a scalar is the event worked by hand`` () =
    use stream = new MemoryStream()
    ExportEventFile.write stream (DateTimeOffset.FromUnixTimeSeconds 2L) [] [ 300, [ "a", -1.5 ] ]
    // After 40 bytes of the version: length and checksum, then 09 2.0, 10 300, 2A 0A (0A 08 (0A 01 'a' 15 -1.5f)).
    let content = stream.ToArray()[52..75]

    let expected =
        "09" + "0000000000000040" + "10AC02" + "2A0A" + "0A08" + "0A0161" + "150000C0BF"

    Assert.Equal(expected, Convert.ToHexString content)

[<Fact>]
let ``each trial with figures has an event file of whole records`` () =
    inFolder (fun folder ->
        let results = fst (make usual)
        Assert.Equal(Ok 90, ExportTensorBoard.write results folder)
        // A second export replaces the first.
        Assert.Equal(Ok 90, ExportTensorBoard.write results folder)

        let files =
            Directory.GetFiles(folder, "events.out.tfevents.*", SearchOption.AllDirectories)

        // One of each trial, and the sweep's own in the folder itself.
        Assert.Equal(91, files.Length)
        Assert.Single(Directory.GetFiles(folder, "events.out.tfevents.*")) |> ignore

        let bytes =
            File.ReadAllBytes(files |> Array.find (fun file -> Path.GetDirectoryName file <> folder))

        let rec records place found =
            if place = bytes.Length then
                found
            else
                let length =
                    BinaryPrimitives.ReadUInt64LittleEndian(ReadOnlySpan(bytes, place, 8)) |> int

                let content = ReadOnlySpan(bytes, place + 12, length)

                Assert.Equal(
                    ExportEventFile.masked content,
                    BinaryPrimitives.ReadUInt32LittleEndian(ReadOnlySpan(bytes, place + 12 + length, 4))
                )

                records (place + 16 + length) (found + 1)

        // The version, the session, and an event for each of 20 epochs, or one for the trial that diverged in its second.
        Assert.Contains(records 0 0, [ 22; 3 ]))

/// The fields of a protocol buffer: number and, for bytes and messages, their place.
let private fields (bytes: byte array) =
    let rec varint place shift (value: uint64) =
        let next = value ||| (uint64 (bytes[place] &&& 0x7Fuy) <<< shift)

        if bytes[place] < 0x80uy then
            next, place + 1
        else
            varint (place + 1) (shift + 7) next

    let rec read place found =
        if place = bytes.Length then
            List.rev found
        else
            let key, place = varint place 0 0UL

            let content, next =
                match key &&& 7UL with
                | 0UL ->
                    let value, next = varint place 0 0UL
                    BitConverter.GetBytes value, next
                | 1UL -> bytes[place .. place + 7], place + 8
                | 2UL ->
                    let length, start = varint place 0 0UL
                    bytes[start .. start + int length - 1], start + int length
                | 5UL -> bytes[place .. place + 3], place + 4
                | other -> invalidOp $"wire type {other}"

            read next ((int (key >>> 3), content) :: found)

    read 0 []

let private inside number content =
    fields content |> List.filter (fst >> (=) number) |> List.map snd

let private toDouble (bytes: byte array) = BitConverter.ToDouble(bytes, 0)

let private plugin (value: byte list) =
    let value = Array.ofList value
    let data = inside 9 value |> List.exactlyOne |> inside 1 |> List.exactlyOne
    Assert.Equal("hparams", inside 1 data |> List.exactlyOne |> Encoding.UTF8.GetString)
    inside 1 value |> List.exactlyOne |> Encoding.UTF8.GetString, inside 2 data |> List.exactlyOne

[<Fact>]
let ``the sweep's hyperparameters and metrics stand where the HParams tab looks for them`` () =
    let tag, content = plugin (ExportHParams.experiment (fst (make usual)))
    Assert.Equal("_hparams_/experiment", tag)
    let experiment = inside 2 content |> List.exactlyOne
    let named = List.collect (inside 1) >> List.map Encoding.UTF8.GetString
    Assert.Equal<string list>([ "beta"; "depth"; "latent" ], inside 4 experiment |> named)
    // Latent: three numbers.
    let latent = (inside 4 experiment)[2]
    Assert.Equal(3uy, (inside 4 latent |> List.exactlyOne)[0])
    Assert.Equal(3, inside 5 latent |> List.exactlyOne |> inside 1 |> List.length)
    // The objective is the first metric; its name is a group and a tag.
    let first =
        inside 5 experiment |> List.head |> inside 1 |> List.exactlyOne |> inside 2

    Assert.Equal("val/elbo", first |> List.exactlyOne |> Encoding.UTF8.GetString)

[<Fact>]
let ``a session carries its parameters, its configuration as the group of its seeds, and how it ended`` () =
    let trial = (fst (make usual)).Trials.Head

    let tag, content =
        plugin (ExportHParams.start (DateTimeOffset.FromUnixTimeSeconds 2L) trial)

    Assert.Equal("_hparams_/session_start_info", tag)
    let session = inside 3 content |> List.exactlyOne
    Assert.Equal(trial.ConfigurationId, inside 4 session |> List.exactlyOne |> Encoding.UTF8.GetString)
    Assert.Equal(2.0, (inside 5 session |> List.exactlyOne |> toDouble))

    let values =
        inside 1 session
        |> List.map (fun entry ->
            inside 1 entry |> List.exactlyOne |> Encoding.UTF8.GetString,
            (inside 2 entry |> List.exactlyOne |> inside 2 |> List.exactlyOne |> toDouble))
        |> Map.ofList

    Assert.Equal<Map<string, float>>(Map [ "beta", 0.5; "depth", 2.0; "latent", 2.0 ], values)

    let status state =
        ExportHParams.ending None { trial with State = state }
        |> Option.map (
            plugin
            >> snd
            >> inside 4
            >> List.exactlyOne
            >> inside 1
            >> List.exactlyOne
            >> Array.head
        )

    Assert.Equal(Some 1uy, status TrialState.Completed)
    Assert.Equal(Some 2uy, status TrialState.Failed)
    Assert.Equal(None, status TrialState.Running)

let private scalar connection sql (read: obj -> 'T) =
    Sql.rows connection sql [] (fun row -> read (row.GetValue 0)) |> List.exactlyOne

let private text connection sql = scalar connection sql string

let private number connection sql = scalar connection sql Convert.ToInt32

let private opened (path: string) =
    SystemSqlite.ensure ()

    let connection =
        new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False")

    connection.Open()
    connection

[<Fact>]
let ``a study holds the trials with their states, values and parameters`` () =
    inFolder (fun folder ->
        let path = Path.Combine(folder, "study.db")
        let results = fst (make usual)
        Assert.Equal(Ok 90, ExportOptuna.write results path)
        use connection = opened path
        Assert.Equal("v3.2.0.a", text connection "SELECT version_num FROM alembic_version")
        Assert.Equal(12, number connection "SELECT schema_version FROM version_info")
        Assert.Equal("MAXIMIZE", text connection "SELECT direction FROM study_directions")
        Assert.Equal(89, number connection "SELECT COUNT(*) FROM trials WHERE state = 'COMPLETE'")
        Assert.Equal(1, number connection "SELECT COUNT(*) FROM trials WHERE state = 'FAIL'")
        Assert.Equal(89, number connection "SELECT COUNT(*) FROM trial_values")
        Assert.Equal(270, number connection "SELECT COUNT(*) FROM trial_params")

        let best =
            scalar connection "SELECT MAX(value) FROM trial_values WHERE value_type = 'FINITE'" Convert.ToDouble

        let expected =
            let completed =
                results.Trials
                |> List.filter (fun trial -> trial.State = TrialState.Completed)
                |> List.map _.Id
                |> Set.ofList

            results.Metrics
            |> List.filter (fun m -> m.Name = "val/elbo" && m.Epoch = 20 && completed.Contains m.TrialId)
            |> List.map _.Value
            |> List.max

        Assert.Equal(expected, best))

[<Fact>]
let ``a whole number, a real one and a word have Optuna's distributions`` () =
    inFolder (fun folder ->
        let path = Path.Combine(folder, "study.db")
        ExportOptuna.write (fst (make usual)) path |> ignore
        use connection = opened path

        let distribution name =
            text connection $"SELECT DISTINCT distribution_json FROM trial_params WHERE param_name = '{name}'"

        Assert.Equal(
            """{"name": "IntDistribution", "attributes": {"step": 1, "low": 2, "high": 16, "log": false}}""",
            distribution "latent"
        )

        Assert.Equal(
            """{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.5, "high": 4, "log": false}}""",
            distribution "beta"
        ))

[<Fact>]
let ``a place that cannot be written is a problem with a remedy`` () =
    inFolder (fun folder ->
        let file = Path.Combine(folder, "file")
        File.WriteAllText(file, "")

        for outcome in
            [
                ExportOptuna.write (fst (make usual)) (Path.Combine(file, "study.db"))
                ExportTensorBoard.write (fst (make usual)) file
            ] do
            match outcome with
            | Ok _ -> Assert.Fail "a file is no folder"
            | Error problems -> Assert.NotEqual<string>("", problems.Head.Remedy))
