namespace Orchestrator.Experiments.Launch

open System.Text.Json
open System.Text.Json.Serialization
open Orchestrator.Core.Contracts

/// What a worker tells its coordinator, one line of JSON each.
[<RequireQualifiedAccess>]
type WorkerMessage =
    | Claimed of trial: string * label: string * attempt: int * budget: int
    | Progress of epoch: int * batch: int * batches: int * loss: float option * stage: string
    | EpochDone of epoch: int
    /// It has no trial, and why.
    | Waiting of reason: string
    | Ended of trial: string * outcome: string * epochs: int * error: string option

module WorkerMessage =
    let private options =
        let encoding =
            JsonUnionEncoding.InternalTag
            ||| JsonUnionEncoding.NamedFields
            ||| JsonUnionEncoding.Default

        let options = JsonSerializerOptions()
        options.Converters.Add(JsonFSharpConverter encoding)
        options

    let write (message: WorkerMessage) =
        JsonSerializer.Serialize(message, options)

    /// The message of a line, or None for anything else that a worker prints.
    let tryRead (line: string) : WorkerMessage option =
        if line.StartsWith '{' then
            try
                match JsonSerializer.Deserialize<WorkerMessage>(line, options) with
                | null -> None
                | message -> Some message
            with :? JsonException ->
                None
        else
            None

    /// What tells a trial from the others of its sweep.
    let label (varied: ParameterSet) (seed: uint64) =
        [ for entry in varied -> $"{entry.Key}={entry.Value}" ] @ [ $"seed={seed}" ]
        |> String.concat " "
