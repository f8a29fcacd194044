/// Which parameters tell configurations from each other, where several change together.
module Orchestrator.Experiments.Report.Distinguishing

open Orchestrator.Core.Contracts

// What people call a configuration by.
let private spared = set [ "dataset"; "family"; "encoder" ]

// A parameter that takes another value nearly everywhere, as one drawn at random does, determines every other by
// chance; so few configurations hold no such thing.
let private fewConfigurations = 4
let private fewValues = 8

let private canDetermine (configurations: ParameterSet list) name =
    let values =
        configurations
        |> List.map (fun parameters -> Option.ofObj (parameters.Find name))

    let distinct = values |> List.distinct |> List.length

    let isWord value =
        match value with
        | None -> false // not read everywhere
        | Some(value: ParameterValue) -> not (value :? ParameterValue.Real)

    List.forall isWord values
    && distinct <= fewValues
    && (distinct < configurations.Length || configurations.Length <= fewConfigurations)

let private follows (configurations: ParameterSet list) name other =
    configurations
    |> List.groupBy (fun parameters -> Labels.value parameters other)
    |> List.forall (fun (_, alike) ->
        alike
        |> List.distinctBy (fun parameters -> Labels.value parameters name)
        |> List.length
            =
            1)

/// The names without those whose value follows from that of another one, as the widths of two models do that are
/// compared as wholes: what they do could not be told from what the other does. Those that take the most room to write
/// go first. The order is kept.
let names (all: string list) (configurations: ParameterSet list) : string list =
    let room name =
        configurations
        |> List.sumBy (fun parameters -> (Labels.value parameters name).Length)

    let drop (kept: string list) name =
        let others = List.except [ name ] kept

        if
            others
            |> List.exists (fun other -> canDetermine configurations other && follows configurations name other)
        then
            others
        else
            kept

    all
    |> List.filter (spared.Contains >> not)
    |> List.sortByDescending room
    |> List.fold drop all
