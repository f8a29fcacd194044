namespace Orchestrator.Experiments.Launch

open System.Text.Json
open System.Text.Json.Serialization
open Orchestrator.Experiments.Plan

/// What a probe's process is asked for: each set of parameters is trained for a moment.
type ProbeRequest = {
    /// As JSON.
    Parameters: string list
    Device: string
    Threads: int
    Data: string option
    /// How long an epoch's training is watched.
    TrainSeconds: float
    /// No other is begun after this long.
    CapSeconds: float
    /// Waits for a line before it measures, so that several processes measure at once.
    Together: bool
}

/// What a probe's process answers, one line of JSON each.
[<RequireQualifiedAccess>]
type ProbeAnswer =
    /// The process is warm: how long it took to begin, and what its first trial took beside its epochs.
    | Ready of begun: float * firstTrial: float
    | Measured of index: int * cost: Cost
    /// These parameters could not be trained.
    | Failed of index: int * error: string

module ProbeMessage =
    let private options =
        let encoding =
            JsonUnionEncoding.InternalTag
            ||| JsonUnionEncoding.NamedFields
            ||| JsonUnionEncoding.Default

        let options = JsonSerializerOptions()
        options.Converters.Add(JsonFSharpConverter encoding)
        options

    /// One line of JSON.
    let write<'T> (value: 'T) =
        JsonSerializer.Serialize(value, options)

    /// The value of a line, or None for anything else that a process prints.
    let tryRead<'T when 'T: not null and 'T: not struct> (line: string) : 'T option =
        if line.StartsWith '{' then
            try
                match JsonSerializer.Deserialize<'T>(line, options) with
                | null -> None
                | value -> Some value
            with :? JsonException ->
                None
        else
            None
