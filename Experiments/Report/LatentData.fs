/// The latent spaces that the page shows and decodes: which of them, within the room that one file has.
module Orchestrator.Experiments.Report.LatentData

open System
open System.IO
open System.Text
open System.Text.Json
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

// Bytes that each kind may take in the file, all configurations together.
let private roomForPoints = 450_000
let private roomForSheets = 450_000
let private roomForDecoders = 750_000
let private roomForSprites = 350_000

/// How the page decodes a code.
[<RequireQualifiedAccess>]
type private Explorer =
    | Decoder of DecoderArtifact.Decoder
    | Sprites of LatentArtifacts.Sprites

/// A configuration's latent space, as its typical seed left it.
type private Latent = {
    Standing: Standing
    Trial: TrialRecord
    Points: (LatentArtifacts.Points * ArtifactRecord option) option
    Explorer: Explorer option
}

/// What is left of the room.
type private Room = {
    Points: int
    Sheets: Map<string, byte array>
    Decoders: int
    Sprites: int
}

let private newest kind (artifacts: ArtifactRecord list) =
    artifacts
    |> List.filter (fun artifact -> artifact.Kind = kind)
    |> List.sortByDescending _.Epoch
    |> List.tryHead

type private Reader = {
    Read: string -> Result<byte array, string>
    /// Why a file is not shown, as sentences.
    Notes: ResizeArray<string>
}

let private load reader decode (artifact: ArtifactRecord) =
    match reader.Read artifact.Path |> Result.bind decode with
    | Ok found -> Some found
    | Error reason ->
        reader.Notes.Add $"Not shown: {artifact.Path} {reason}."
        None

// A file's own length is what it takes: the page's form of it is no longer.
let private affordable room (artifact: ArtifactRecord option) =
    artifact |> Option.filter (fun artifact -> artifact.Bytes <= int64 room)

let private explorer reader room own =
    match affordable room.Decoders (newest "decoder" own) with
    | Some artifact ->
        load reader DecoderArtifact.decoder artifact |> Option.map Explorer.Decoder,
        {
            room with
                Decoders = room.Decoders - int artifact.Bytes
        }
    | None ->
        match affordable room.Sprites (newest "sprites" own) with
        | Some artifact ->
            load reader LatentArtifacts.sprites artifact |> Option.map Explorer.Sprites,
            {
                room with
                    Sprites = room.Sprites - int artifact.Bytes
            }
        | None -> None, room

// All trials of the same data have the same sheet: it is taken once.
let private sheet reader (room: Room) (own: ArtifactRecord list) =
    match newest "thumbnails" own with
    | None -> None, room
    | Some artifact when room.Sheets.ContainsKey artifact.Sha256 -> Some artifact, room
    | Some artifact ->
        let taken = room.Sheets.Values |> Seq.sumBy (fun bytes -> bytes.Length * 4 / 3)

        if taken + int artifact.Bytes * 4 / 3 > roomForSheets then
            None, room
        else
            match load reader Ok artifact with
            | Some bytes ->
                Some artifact,
                {
                    room with
                        Sheets = room.Sheets.Add(artifact.Sha256, bytes)
                }
            | None -> None, room

let private points reader room own =
    match affordable room.Points (newest "latent" own) with
    | None -> None, room
    | Some artifact ->
        match load reader LatentArtifacts.points artifact with
        | None -> None, room
        | Some points ->
            let sheet, room = sheet reader room own

            Some(points, (if points.Tiles.IsSome then sheet else None)),
            {
                room with
                    Points = room.Points - int artifact.Bytes
            }

let private latent reader (artifacts: Map<string, ArtifactRecord list>) (room: Room) (standing: Standing) =
    match GalleryImages.typical standing with
    | None -> None, room
    | Some trial ->
        let own = Map.tryFind trial.Id artifacts |> Option.defaultValue []
        let explorer, room = explorer reader room own
        let points, room = points reader room own

        Some {
            Standing = standing
            Trial = trial
            Points = points
            Explorer = explorer
        },
        room

let private write (summary: Summary) (sheets: Map<string, byte array>) (latents: Latent list) =
    use stream = new MemoryStream()
    use json = new Utf8JsonWriter(stream)
    let used = List.ofSeq sheets.Keys

    let tiles sha =
        latents
        |> List.pick (fun latent ->
            match latent.Points with
            | Some(points, Some artifact) when artifact.Sha256 = sha -> points.Tiles
            | _ -> None)

    json.WriteStartObject()
    json.WriteStartArray "sheets"

    for sha in used do
        LatentJson.sheet json (tiles sha) sheets[sha]

    json.WriteEndArray()
    json.WriteStartArray "models"

    for latent in latents do
        json.WriteStartObject()
        json.WriteString("id", latent.Standing.Configuration.Id)
        json.WriteString("label", Summary.label summary latent.Standing.Configuration)
        json.WriteString("seed", string latent.Trial.Seed)

        match latent.Points with
        | Some(points, artifact) ->
            let sheet =
                artifact
                |> Option.map (fun artifact -> List.findIndex ((=) artifact.Sha256) used)

            LatentJson.points json sheet points
        | None -> ()

        match latent.Explorer with
        | Some(Explorer.Decoder decoder) -> LatentJson.decoder json decoder
        | Some(Explorer.Sprites sprites) -> LatentJson.sprites json sprites
        | None -> ()

        json.WriteEndObject()

    json.WriteEndArray()
    json.WriteEndObject()
    json.Flush()
    Encoding.UTF8.GetString(stream.GetBuffer(), 0, int stream.Length)

let private rule (candidates: int) (shown: Latent list) =
    let having choose =
        shown |> List.filter choose |> List.length

    let decoding =
        having (fun latent ->
            match latent.Explorer with
            | Some(Explorer.Decoder _) -> true
            | _ -> false)

    let ahead =
        having (fun latent ->
            match latent.Explorer with
            | Some(Explorer.Sprites _) -> true
            | _ -> false)

    $"Configurations in order of rank, each by the seed nearest to its mean, as far as this file has room: of {candidates}, "
    + $"{having _.Points.IsSome} with encoded test images, {decoding} decoded in the page by their own weights, {ahead} by images decoded in advance."

/// The section, where trials left such files; in order of rank, as many as one file can carry.
let build
    (read: string -> Result<byte array, string>)
    (summary: Summary)
    (artifacts: ArtifactRecord list)
    : Latents | null =
    let ofLatents =
        artifacts
        |> List.filter (fun artifact -> List.contains artifact.Kind [ "latent"; "decoder"; "sprites"; "thumbnails" ])
        |> List.groupBy _.TrialId
        |> Map.ofList

    let standings =
        match
            summary.Readings
            |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)
        with
        | Some reading when not ofLatents.IsEmpty ->
            reading.Standings
            |> List.filter (fun standing ->
                standing.Configuration.Trials
                |> List.exists (fun trial -> ofLatents.ContainsKey trial.Id))
            |> List.sortBy _.Rank
        | _ -> []

    let reader = { Read = read; Notes = ResizeArray() }

    let room = {
        Points = roomForPoints
        Sheets = Map.empty
        Decoders = roomForDecoders
        Sprites = roomForSprites
    }

    let found, room = standings |> List.mapFold (latent reader ofLatents) room

    let shown =
        found
        |> List.choose id
        |> List.filter (fun latent -> latent.Points.IsSome || latent.Explorer.IsSome)

    match shown, List.ofSeq reader.Notes with
    | [], [] -> null
    | _, notes ->
        Latents(
            [|
                for latent in shown ->
                    LatentChoice(latent.Standing.Configuration.Id, Summary.label summary latent.Standing.Configuration)
            |],
            shown |> List.exists _.Points.IsSome,
            shown |> List.exists _.Explorer.IsSome,
            String.concat " " (rule standings.Length shown :: notes),
            write summary room.Sheets shown
        )
