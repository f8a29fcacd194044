/// What TensorBoard's HParams tab reads: the sweep in the folder itself, a session in each trial's.
/// The messages are those of tensorboard/plugins/hparams/plugin_data.proto and api.proto.
module Orchestrator.Experiments.Cli.ExportHParams

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Cli.ExportProtobuf

let private seconds (time: DateTimeOffset) =
    float (time.ToUnixTimeMilliseconds()) / 1000.0

// A tensor of no number: the plugin keeps everything in the metadata.
let private noTensor = number 1 1L @ bytes 2 (bytes 2 [])

/// DATA_CLASS_TENSOR.
let private ofTensors = 2L

// Summary.Value: tag 1, metadata 9, tensor 8. SummaryMetadata: plugin_data 1 (plugin_name 1, content 2), data_class 4.
let private value tag (content: byte list) =
    let plugin = text 1 "hparams" @ bytes 2 content

    text 1 $"_hparams_/{tag}"
    @ bytes 9 (bytes 1 plugin @ number 4 ofTensors)
    @ bytes 8 noTensor

// google.protobuf.Value: number 2, string 3, bool 4.
let private protobuf (value: ParameterValue) =
    match value with
    | :? ParameterValue.Integer as found -> double 2 (float found.Value)
    | :? ParameterValue.Real as found -> double 2 found.Value
    | :? ParameterValue.Flag as found -> number 4 (if found.Value then 1L else 0L)
    | other -> text 3 (string other)

/// DATA_TYPE_STRING, DATA_TYPE_BOOL or DATA_TYPE_FLOAT64.
let private typeOf (values: ParameterValue list) =
    let all (isOf: ParameterValue -> bool) = List.forall isOf values

    if all (fun value -> value :? ParameterValue.Integer || value :? ParameterValue.Real) then
        3L
    elif all (fun value -> value :? ParameterValue.Flag) then
        2L
    else
        1L

// HParamInfo: name 1, type 4, domain_discrete 5 (ListValue: values 1).
let private parameter (name: string, values: ParameterValue list) =
    text 1 name
    @ number 4 (typeOf values)
    @ bytes 5 (values |> List.collect (protobuf >> bytes 1))

// MetricInfo: name 1 (tag 2), dataset_type 5: training 1, validation 2.
let private metric (name: string) =
    let part =
        match name.Split('/')[0] with
        | "train" -> number 5 1L
        | "val" -> number 5 2L
        | _ -> []

    bytes 1 (text 2 name) @ part

/// The objective first: the tab sorts and colours by it.
let private metrics (results: SweepResults) =
    let objective = results.Sweep.Objective.Metric

    let others =
        results.Metrics
        |> List.map _.Name
        |> List.distinct
        |> List.except [ objective ]
        |> List.sort

    objective :: others

let private varied (results: SweepResults) =
    results.Trials
    |> List.collect (fun trial -> [ for pair in trial.Varied -> pair.Key, pair.Value ])
    |> List.distinct
    |> List.groupBy fst
    |> List.map (fun (name, pairs) -> name, List.map snd pairs)
    |> List.sortBy fst

/// The sweep: its varied parameters with their values, and its metrics. Experiment: created 3, parameters 4, metrics 5, name 6.
let experiment (results: SweepResults) =
    double 3 (seconds results.Sweep.CreatedAt)
    @ (varied results |> List.collect (parameter >> bytes 4))
    @ (metrics results |> List.collect (metric >> bytes 5))
    @ text 6 results.Sweep.Name
    |> bytes 2
    |> value "experiment"

/// A trial: its parameters, the configuration as the group of its seeds. SessionStartInfo: a map 1, group 4, start 5.
let start (began: DateTimeOffset) (trial: TrialRecord) =
    [
        for pair in trial.Varied do
            yield! bytes 1 (text 1 pair.Key @ bytes 2 (protobuf pair.Value))
        yield! text 4 trial.ConfigurationId
        yield! double 5 (seconds began)
    ]
    |> bytes 3
    |> value "session_start_info"

/// How a trial ended; None while it has not. SessionEndInfo: status 1 (success 1, failure 2), end 2.
let ending (ended: DateTimeOffset option) (trial: TrialRecord) =
    let session status =
        number 1 status
        @ (match ended with
           | Some time -> double 2 (seconds time)
           | None -> [])
        |> bytes 4
        |> value "session_end_info"
        |> Some

    match trial.State with
    | TrialState.Completed
    | TrialState.Pruned -> session 1L
    | TrialState.Failed -> session 2L
    | TrialState.Running
    | TrialState.Pending -> None
