/// Images of the models: a representative trial for each configuration, as many as one file can carry.
module Orchestrator.Experiments.Report.GalleryImages

open System
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

// Bytes of images that a report carries at most, of which base64 makes four thirds. Every trial takes room of its own for its
// figures and curves, and the whole stays below five megabytes at five hundred trials.
let private budget (summary: Summary) =
    let trials =
        summary.Readings
        |> List.tryLast
        |> Option.map (fun reading -> reading.Standings |> List.sumBy _.Configuration.Trials.Length)
        |> Option.defaultValue 0

    max 700_000L (1_900_000L - 2_000L * int64 trials)

/// Configurations shown at most.
let private cards = 24

let private signature = [| 0x89uy; 0x50uy; 0x4Euy; 0x47uy; 0x0Duy; 0x0Auy; 0x1Auy; 0x0Auy |]

// Thumbnails belong to the latent space.
let private isImage (artifact: ArtifactRecord) =
    artifact.Path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
    && artifact.Kind <> "thumbnails"

let private order kind =
    match kind with
    | "reconstructions" -> 0
    | "samples" -> 1
    | _ -> 2

/// The newest image of each kind.
let private newest (artifacts: ArtifactRecord list) =
    artifacts
    |> List.filter isImage
    |> List.groupBy _.Kind
    |> List.map (fun (_, own) -> own |> List.maxBy _.Epoch)
    |> List.sortBy (fun artifact -> order artifact.Kind, artifact.Kind)

/// The trial nearest to its configuration's mean: what a typical seed gives.
let typical (standing: Standing) =
    standing.Configuration.Trials
    |> List.choose (fun trial ->
        Map.tryFind trial.Seed standing.Values
        |> Option.map (fun value -> trial, abs (value - standing.Estimate.Mean)))
    |> List.sortBy (fun (trial, distance) -> distance, trial.Seed)
    |> List.tryHead
    |> Option.map fst

let private title (kind: string) =
    match kind.Replace('_', ' ').Replace('-', ' ') with
    | "" -> "Image"
    | "tsne" -> "t-SNE"
    | "reconstructions train" -> "Reconstructions of training images"
    | words -> Labels.capital words

let private caption (description: string) =
    let sentence = Labels.capital description

    if sentence = "" || sentence.EndsWith '.' then
        sentence
    else
        sentence + "."

let private image read (artifact: ArtifactRecord) =
    let (source: string | null), (missing: string | null) =
        match read artifact.Path with
        | Error reason -> null, $"The image {artifact.Path} {reason}."
        | Ok(bytes: byte array) when not (bytes.AsSpan().StartsWith(ReadOnlySpan signature)) ->
            null, $"The file {artifact.Path} is not a PNG image."
        | Ok bytes -> "data:image/png;base64," + Convert.ToBase64String bytes, null

    ModelImage(title artifact.Kind, caption artifact.Description, source, missing)

// The top ones side by side, then an even walk down to the last: the reader sees what wins and what loses.
let private representatives (candidates: 'a list) =
    if candidates.Length <= cards then
        candidates
    else
        let first, rest = List.splitAt (cards * 2 / 3) candidates
        first @ CurveTables.spread (cards - first.Length) rest

let private affordable budget (candidates: (Standing * TrialRecord * ArtifactRecord list) list) =
    let sizes =
        candidates
        |> List.map (fun (_, _, images) -> images |> List.sumBy _.Bytes)
        |> List.scan (+) 0L
        |> List.tail

    List.zip candidates sizes
    |> List.takeWhile (fun (_, size) -> size <= budget)
    |> List.map fst

/// The trials whose images are shown, in order of rank.
let private chosen (summary: Summary) (artifacts: ArtifactRecord list) =
    let byTrial = artifacts |> List.groupBy _.TrialId |> Map.ofList

    match
        summary.Readings
        |> List.tryFindBack (fun reading -> not reading.Standings.IsEmpty)
    with
    | None -> []
    | Some reading ->
        reading.Standings
        |> List.choose (fun standing ->
            match typical standing with
            | None -> None
            | Some trial ->
                match Map.tryFind trial.Id byTrial |> Option.defaultValue [] |> newest with
                | [] -> None
                | images -> Some(standing, trial, images))

/// The trials whose images the page shows.
let trials summary artifacts =
    chosen summary artifacts
    |> representatives
    |> affordable (budget summary)
    |> List.map (fun (_, trial, _) -> trial)

/// The section, where images were recorded. `read` gives the bytes of a path relative to the results folder,
/// or why it cannot, as the end of a sentence.
let build
    (read: string -> Result<byte array, string>)
    (summary: Summary)
    (artifacts: ArtifactRecord list)
    : Gallery | null =
    let candidates = chosen summary artifacts

    match candidates with
    | [] -> null
    | _ ->
        let shown = representatives candidates |> affordable (budget summary)

        let note =
            if shown.Length = candidates.Length then
                "Every configuration by the seed nearest to its mean, in order of rank."
            else
                $"{Numbers.count shown.Length} of {Numbers.configurations candidates.Length}, each by the seed nearest to its mean: "
                + "the first in rank and an even choice of the others, so that this file stays small. All images lie in the results folder."

        let card (standing: Standing, trial: TrialRecord, images) =
            ModelCard(
                standing.Configuration.Id,
                Summary.label summary standing.Configuration,
                $"Rank {standing.Rank}, {Numbers.withUncertainty standing.Estimate.Mean standing.Estimate.Half}; seed {trial.Seed}",
                ReproduceCommands.verify trial,
                [| for artifact in images -> image read artifact |]
            )

        Gallery([| for candidate in shown -> card candidate |], note)
