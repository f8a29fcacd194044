namespace Orchestrator.Experiments.Manifest

open System
open System.Globalization
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Writes a sweep as the manifest that a person would write for it. Reading it gives the same sweep.
[<RequireQualifiedAccess>]
module Printer =

    // Plain where any reader of YAML takes it for the same text, else in quotes.
    let private text (value: string) =
        let plain =
            fun letter ->
                Char.IsAsciiLetterOrDigit letter
                || letter = '-'
                || letter = '_'
                || letter = '/'
                || letter = '.'

        let words = set [ "true"; "false"; "null"; "yes"; "no"; "on"; "off"; "y"; "n" ]

        let isPlain =
            value <> ""
            && Char.IsAsciiLetter value[0]
            && value |> Seq.forall plain
            && not (words.Contains(value.ToLowerInvariant()))

        if isPlain then
            value
        else
            ParameterValue.Text(value).ToJson()

    let private value (value: ParameterValue) =
        match value with
        | :? ParameterValue.Text as found -> text found.Value
        | other -> Numerals.parameter other

    let private list (items: string list) = $"""[{String.concat ", " items}]"""

    let private mapping (fields: (string * string) list) =
        let field (key, value) = $"{key}: {value}"
        $"""{{{fields |> List.map field |> String.concat ", "}}}"""

    let private assignment (set: ParameterSet) =
        set |> Seq.map (fun pair -> pair.Key, value pair.Value) |> List.ofSeq |> mapping

    let private column name (points: ParameterSet list) =
        points
        |> List.choose (fun point -> Option.ofObj (point.Find name))
        |> List.map value
        |> list

    let private condition (axis: Axis) =
        axis.When
        |> Option.map (fun condition -> "when", assignment condition)
        |> Option.toList

    // The axes of one parameter stand under one key.
    let private alternatives (axes: Axis list) =
        let one name axis =
            mapping (("values", column name axis.Points) :: condition axis)

        match axes with
        | [ { Parameters = [ name ]; When = None } as axis ] -> [ $"  {name}: {column name axis.Points}" ]
        | [ { Parameters = [ name ] } as axis ] -> [ $"  {name}: {one name axis}" ]
        | [ axis ] ->
            let zip =
                axis.Parameters
                |> List.map (fun name -> name, column name axis.Points)
                |> mapping

            let label = String.concat "_and_" axis.Parameters
            let fields = mapping (("zip", zip) :: condition axis)
            [ $"  {label}: {fields}" ]
        | axes ->
            let name = axes |> List.collect _.Parameters |> List.head
            $"  {name}:" :: (axes |> List.map (fun axis -> $"    - {one name axis}"))

    let private parameters (sweep: Sweep) =
        if sweep.Axes.IsEmpty then
            []
        else
            "parameters:"
            :: (sweep.Axes |> List.groupBy _.Parameters |> List.collect (snd >> alternatives))

    let private fixedSection (rules: Rules) (sweep: Sweep) section =
        let fields =
            sweep.Fixed
            |> Seq.choose (fun pair ->
                match Rules.parameter pair.Key rules |> Option.map SweepDecoder.home with
                | Some(home, key) when home = section -> Some(key, value pair.Value)
                | _ -> None)
            |> List.ofSeq

        if fields.IsEmpty then
            []
        else
            [ $"{section}: {mapping fields}" ]

    let private sets name (sets: ParameterSet list) =
        if sets.IsEmpty then
            []
        else
            $"{name}:" :: (sets |> List.map (fun set -> $"  - {assignment set}"))

    let private direction direction =
        match direction with
        | MetricDirection.Minimize -> "minimize"
        | _ -> "maximize"

    let private count (number: int) =
        number.ToString CultureInfo.InvariantCulture

    let private seed (number: uint64) =
        number.ToString CultureInfo.InvariantCulture

    let private seeds (sweep: Sweep) =
        let first = List.head sweep.Seeds
        let replicates = sweep.Seeds.Length

        let consecutive =
            sweep.Seeds
            |> List.indexed
            |> List.forall (fun (index, seed) -> seed - first = uint64 index)

        if consecutive then
            $"""seeds: {mapping [ "replicates", count replicates; "base", seed first ]}"""
        else
            $"seeds: {sweep.Seeds |> List.map seed |> list}"

    let private epochs (sweep: Sweep) =
        match sweep.Epochs with
        | [ epochs ] -> $"epochs: {count epochs}"
        | epochs -> $"epochs: {epochs |> List.map count |> list}"

    let private sampler (sweep: Sweep) =
        let drawn name trials from =
            let budget = mapping [ "trials", count trials; "seed", seed from ]
            [ $"sampler: {mapping [ name, budget ]}" ]

        match sweep.Sampler with
        | Sampler.Grid -> []
        | Sampler.Random(trials, from) -> drawn "random" trials from
        | Sampler.Sobol(trials, from) -> drawn "sobol" trials from
        | Sampler.Tpe(trials, from, startup) ->
            let budget =
                mapping [ "trials", count trials; "seed", seed from; "startup", count startup ]

            let choice = mapping [ "tpe", budget ]
            [ $"sampler: {choice}" ]

    let private pruner (sweep: Sweep) =
        let setting name fields = [ $"pruner: {mapping [ name, mapping fields ]}" ]

        match sweep.Pruner with
        | Pruner.Off -> []
        | Pruner.Median(warmup, trials, interval) ->
            setting "median" [ "warmup", count warmup; "trials", count trials; "interval", count interval ]
        | Pruner.SuccessiveHalving(reduction, minimum) ->
            setting "successive_halving" [ "reduction", count reduction; "minimum", count minimum ]

    let private amount amount =
        match amount with
        | Amount.Auto -> "auto"
        | Amount.Exactly number -> count number

    let private resources (resources: Resources) =
        if resources = Defaults.resources then
            []
        else
            let fields = [
                "workers", amount resources.Workers
                "threads", amount resources.Threads
                "device", text resources.Device
            ]

            [ $"resources: {mapping fields}" ]

    let private retry (policy: RetryPolicy) =
        let fields =
            [
                "lost", policy.Lost, Defaults.retry.Lost
                "preempted", policy.Preempted, Defaults.retry.Preempted
                "out_of_memory", policy.OutOfMemory, Defaults.retry.OutOfMemory
                "diverged", policy.Diverged, Defaults.retry.Diverged
                "failed", policy.Failed, Defaults.retry.Failed
            ]
            |> List.filter (fun (_, given, usual) -> given <> usual)
            |> List.map (fun (name, given, _) -> name, count given)

        if fields.IsEmpty then
            []
        else
            [ $"retry: {mapping fields}" ]

    let private report (sweep: Sweep) =
        if sweep.ReportFile = Defaults.reportFile then
            []
        else
            let file = mapping [ "file", text sweep.ReportFile ]
            [ $"report: {file}" ]

    /// The manifest of a sweep.
    let print (rules: Rules) (sweep: Sweep) : string =
        let objective = [
            "metric", text sweep.Objective.Metric
            "direction", direction sweep.Objective.Direction
        ]

        [
            "version: 1"
            $"sweep: {text sweep.Name}"
            yield! fixedSection rules sweep "dataset"
            $"objective: {mapping objective}"
            yield! fixedSection rules sweep "model"
            yield! fixedSection rules sweep "training"
            yield! parameters sweep
            yield! sets "exclude" sweep.Exclude
            yield! sets "include" sweep.Include
            yield! sampler sweep
            yield! pruner sweep
            seeds sweep
            epochs sweep
            yield! resources sweep.Resources
            yield! retry sweep.Retry
            yield! report sweep
        ]
        |> List.map (fun line -> line + "\n")
        |> String.concat ""
