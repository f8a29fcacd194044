namespace Orchestrator.Experiments.Launch

open System.Text.Json
open System.Text.Json.Serialization
open Orchestrator.Experiments.Plan

/// A training to begin.
type ProbeTraining = {
    /// As JSON.
    Parameters: string
    /// What data it learns from: what a process makes of them once serves all trainings of the same.
    Data: string
    /// To its end, with a reading and images; else only an epoch's training and validation.
    Whole: bool
}

/// What a probe's process is asked for: each training is begun for a moment.
type ProbeRequest = {
    Trainings: ProbeTraining list
    Device: string
    Threads: int
    DataFolder: string option
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
    /// The process is warm, where it was to wait.
    | Ready
    /// A whole training.
    | Measured of index: int * cost: Cost
    /// A training and validation alone.
    | Paced of index: int * secondsPerEpoch: float
    /// This could not be trained.
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
