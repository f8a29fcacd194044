/// How to do it again.
module Orchestrator.Experiments.Report.ProvenanceFacts

open System.Text.Json
open Orchestrator.Experiments.Domain
open Orchestrator.Report.Model

let private words (key: string) =
    let spaced =
        key
        |> Seq.collect (fun c ->
            if System.Char.IsUpper c then
                [ ' '; System.Char.ToLowerInvariant c ]
            else
                [ c ])

    System.String(Array.ofSeq spaced).Replace('_', ' ').Trim()

let rec private flatten prefix (element: JsonElement) = [
    match element.ValueKind with
    | JsonValueKind.Object ->
        for property in element.EnumerateObject() do
            let name = words property.Name
            yield! flatten (if prefix = "" then name else $"{prefix} {name}") property.Value
    | JsonValueKind.String -> Fact(prefix, string (element.GetString()))
    | JsonValueKind.Null -> ()
    | _ -> Fact((if prefix = "" then "value" else prefix), element.GetRawText())
]

// What an older program wrote is shown as it is rather than lost.
let private recorded (json: string) =
    try
        use document = JsonDocument.Parse json
        flatten "" document.RootElement
    with :? JsonException -> [ Fact("recorded", json) ]

// A worker's own command line and what the store knows anyway would make every worker a place of its own.
let private ofItsOwn = set [ "command"; "host"; "device"; "threads" ]

/// What an attempt ran on, label and value.
let environment (attempt: AttemptRecord) = [
    "host", attempt.Host
    "device", attempt.Device
    "threads of a worker", string attempt.Threads
    for fact in recorded attempt.Provenance do
        if not (ofItsOwn.Contains fact.Label) then
            fact.Label, fact.Value
]

let private environments (attempts: AttemptRecord list) =
    let groups =
        attempts
        |> List.groupBy (fun attempt -> attempt.Host, attempt.Device, attempt.Threads, attempt.Provenance)
        |> List.map (fun (_, own) -> environment own.Head, own.Length)
        |> List.groupBy fst
        |> List.map (fun (facts, groups) -> facts, List.sumBy snd groups)

    let title index count =
        if groups.Length = 1 then
            "Where it ran"
        else
            $"Where it ran, {index + 1} of {groups.Length} ({Numbers.attempts count})"

    groups
    |> List.mapi (fun index (facts, count) ->
        RunEnvironment(title index count, [| for label, value in facts -> Fact(label, value) |]))

let private shared (trials: TrialRecord list) =
    match trials with
    | [] -> []
    | first :: _ -> [
        for KeyValue(name, value) in first.Parameters do
            if trials |> List.forall (fun trial -> value.Equals(trial.Parameters.Find name)) then
                $"{name} {Labels.value first.Parameters name}"
      ]

/// The section.
let build (sources: SweepRecord list) (shown: TrialRecord list) (results: SweepResults) : Provenance =
    let seeds = results.Trials |> List.map _.Seed |> List.distinct |> List.sort
    let data = results.Trials |> List.map _.DataFingerprint |> List.distinct
    let sweep = results.Sweep

    Provenance(
        [|
            if sweep.ManifestFile <> "" then
                Fact("manifest file", sweep.ManifestFile)
            Fact("planned", Numbers.moment sweep.CreatedAt)
            Fact("last change", Numbers.moment sweep.UpdatedAt)
            Fact((if seeds.Length = 1 then "seed" else "seeds"), seeds |> List.map string |> String.concat ", ")
            match shared results.Trials with
            | [] -> ()
            | parameters -> Fact("every configuration", String.concat ", " parameters)
            for fingerprint in data do
                Fact("data fingerprint", fingerprint)
        |],
        Array.ofList (environments results.Attempts),
        Array.ofList (ReproduceCommands.build (if sources.IsEmpty then [ sweep ] else sources) shown),
        sweep.Manifest
    )
