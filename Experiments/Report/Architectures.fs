/// The models layer by layer, each different one once.
module Orchestrator.Experiments.Report.Architectures

open System
open Orchestrator.Core.Contracts
open Orchestrator.Report.Model

/// Models drawn at most.
let private drawn = 12

let private shape (layer: LayerDescription) =
    String.Join(
        " × ",
        layer.OutputShape
        |> Seq.map (fun size -> size.ToString(Globalization.CultureInfo.InvariantCulture))
    )

// Descriptions hold arrays, which compare by reference; their text does not.
let private key (model: ModelDescription) =
    model.Layers
    |> Seq.map (fun layer -> $"{layer.Part}|{layer.Name}|{layer.Type}|{shape layer}|{layer.Parameters}")
    |> String.concat "\n"

let private number (value: int64) =
    value.ToString("#,0", Globalization.CultureInfo.InvariantCulture)

// The two heads of a posterior read the same features: one stands beside the other.
let private isBeside (layer: LayerDescription) =
    layer.Name.EndsWith("log_variance", StringComparison.Ordinal)

let private part name (layers: LayerDescription list) =
    ArchitecturePart(
        name,
        layers |> List.sumBy _.Parameters |> number,
        [|
            for layer in layers ->
                ArchitectureLayer(
                    layer.Name,
                    layer.Type,
                    shape layer,
                    (if layer.Parameters = 0L then
                         ""
                     else
                         number layer.Parameters),
                    isBeside layer
                )
        |]
    )

/// Neighbours of one part together, in the order of evaluation.
let private parts (layers: LayerDescription list) =
    layers
    |> List.fold
        (fun parts layer ->
            match parts with
            | (name, own) :: earlier when name = layer.Part -> (name, layer :: own) :: earlier
            | _ -> (layer.Part, [ layer ]) :: parts)
        []
    |> List.rev
    |> List.map (fun (name, own) -> part name (List.rev own))

let private sharers (summary: Summary) (configurations: Configuration list) =
    let shared name =
        configurations
        |> List.map (fun configuration -> Labels.value configuration.Parameters name)
        |> List.distinct

    let told =
        Summary.columns summary
        |> List.choose (fun name ->
            match shared name with
            | [ one ] -> Some $"{name} {one}"
            | _ -> None)

    match told with
    | [] -> "every configuration"
    | told -> String.concat " · " told

let private model summary (description: ModelDescription) (places: int list) (configurations: Configuration list) =
    Architecture(
        Array.ofList places,
        sharers summary configurations,
        number description.Parameters,
        Numbers.configurations configurations.Length,
        description.Summary,
        Array.ofList (parts (List.ofSeq description.Layers))
    )

/// The models of the configurations in order of rank; those that cannot be described are named with the reason.
let build (describe: ParameterSet -> Result<ModelDescription, string>) (summary: Summary) : Architectures | null =
    let described =
        CurveTables.inOrder summary
        |> List.indexed
        |> List.map (fun (place, own) -> (place, own), describe own.Parameters)

    let models =
        described
        |> List.choose (fun (own, found) ->
            match found with
            | Ok model when not model.Layers.IsEmpty -> Some(own, model)
            | _ -> None)
        |> List.groupBy (fun (_, model) -> key model)

    let reasons =
        described
        |> List.choose (fun (_, found) ->
            match found with
            | Ok _ -> None
            | Error reason -> Some reason)

    let notes = [
        if models.Length > drawn then
            $"The first {drawn} of {models.Length} different models, in order of rank."
        if not reasons.IsEmpty then
            $"{Numbers.configurations reasons.Length} cannot be described by this version of the program: {reasons.Head}"
    ]

    match models, reasons with
    | [], [] -> null
    | _ ->
        Architectures(
            [|
                for _, own in List.truncate drawn models do
                    let places, configurations = own |> List.map fst |> List.unzip
                    model summary (snd own.Head) places configurations
            |],
            String.concat " " notes
        )
