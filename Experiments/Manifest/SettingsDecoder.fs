namespace Orchestrator.Experiments.Manifest

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Reads the sections beside the parameters: objective, seeds, epochs, resources, retry, report, sampler, pruner.
[<RequireQualifiedAccess>]
module SettingsDecoder =

    /// The most replicates.
    let maximumSeeds = 10_000

    /// The longest training.
    let maximumEpochs = 1_000_000

    let private directions = [ "maximize", MetricDirection.Maximize; "minimize", MetricDirection.Minimize ]

    /// The metric to optimize, and the way that is better: the metric's own unless given.
    let objective (rules: Rules) node : Decoded<Objective> =
        let known = rules.Metrics |> List.map (fun metric -> metric.Name, metric)

        Fields.known "objective" [ "metric"; "direction" ] node
        |> Decoded.bind (fun fields ->
            decode {
                let! metric =
                    Fields.required
                        "metric"
                        "Write metric: val/elbo, for example."
                        (Scalars.choice "metric" known)
                        fields

                and! direction =
                    Fields.optional "direction" None (Scalars.choice "direction" directions >> Decoded.map Some) fields

                return {
                    Metric = metric.Name
                    Direction = direction |> Option.defaultValue metric.Direction
                }
            })

    let private replicates (node: Node) first count : Decoded<uint64 list> =
        if first > UInt64.MaxValue - uint64 (count - 1) then
            Decoded.fail node.Span $"base {first} leaves no room for {count} seeds" "Write a smaller base."
        else
            List.init count (fun index -> first + uint64 index) |> Decoded.ok

    /// A count of replicates, a count with a base, or the seeds themselves.
    let seeds (node: Node) : Decoded<uint64 list> =
        match node.Content with
        | Content.Scalar _ -> Scalars.int 1 maximumSeeds node |> Decoded.bind (replicates node 0UL)
        | Content.Sequence [] -> Decoded.fail node.Span "the list of seeds is empty" "Write at least one, such as [1]."
        | Content.Sequence items -> items |> List.map Scalars.uint64 |> Decoded.all
        | Content.Mapping _ ->
            Fields.known "seeds" [ "replicates"; "base" ] node
            |> Decoded.bind (fun fields ->
                Decoded.zip
                    (Fields.required
                        "replicates"
                        "Write seeds: {replicates: 3, base: 1}."
                        (Scalars.int 1 maximumSeeds)
                        fields)
                    (Fields.optional "base" 0UL Scalars.uint64 fields))
            |> Decoded.bind (fun (count, first) -> replicates node first count)

    /// A budget, or several readings of one training.
    let epochs (node: Node) : Decoded<int list> =
        let epoch = Scalars.int 1 maximumEpochs

        match node.Content with
        | Content.Sequence [] ->
            Decoded.fail node.Span "the list of epochs is empty" "Write at least one, such as [10]."
        | Content.Sequence items -> items |> List.map epoch |> Decoded.all
        | _ -> epoch node |> Decoded.map List.singleton

    let private amount (node: Node) : Decoded<Amount> =
        if Node.text node = Some "auto" then
            Decoded.ok Amount.Auto
        else
            let decoded = Scalars.int 1 1024 node

            {
                Value = decoded.Value |> Option.map Amount.Exactly
                Diagnostics =
                    decoded.Diagnostics
                    |> List.map (fun diagnostic -> {
                        diagnostic with
                            Remedy = "Write auto, or a whole number from 1 to 1024."
                    })
            }

    let private device (node: Node) =
        Scalars.text node
        |> Decoded.require node.Span (fun name ->
            if Names.isDeviceKind name then
                None
            else
                Some($"there is no device '{name}'", "Write auto, cpu, cuda or cuda:0 (1, 2 ...)."))

    /// What the sweep may use.
    let resources (substitute: Resources) node : Decoded<Resources> =
        Fields.known "resources" [ "workers"; "threads"; "device" ] node
        |> Decoded.bind (fun fields ->
            decode {
                let! workers = Fields.optional "workers" substitute.Workers amount fields
                and! threads = Fields.optional "threads" substitute.Threads amount fields
                and! device = Fields.optional "device" substitute.Device device fields

                return {
                    Workers = workers
                    Threads = threads
                    Device = device
                }
            })

    /// How often a trial is tried again, by cause.
    let retry (substitute: RetryPolicy) node : Decoded<RetryPolicy> =
        let times = Scalars.int 0 1000

        Fields.known "retry" [ "lost"; "preempted"; "out_of_memory"; "diverged"; "failed" ] node
        |> Decoded.bind (fun fields ->
            decode {
                let! lost = Fields.optional "lost" substitute.Lost times fields
                and! preempted = Fields.optional "preempted" substitute.Preempted times fields

                and! outOfMemory =
                    Fields.optional "out_of_memory" substitute.OutOfMemory times fields

                and! diverged = Fields.optional "diverged" substitute.Diverged times fields
                and! failed = Fields.optional "failed" substitute.Failed times fields

                return {
                    Lost = lost
                    Preempted = preempted
                    OutOfMemory = outOfMemory
                    Diverged = diverged
                    Failed = failed
                }
            })

    /// The report's file name.
    let report substitute node : Decoded<string> =
        let file (node: Node) =
            Scalars.text node
            |> Decoded.require node.Span (fun name ->
                Names.report name
                |> Option.map (fun cause ->
                    $"'{name}' cannot be the report's file name: {cause}", "Write a name such as report.html."))

        Fields.known "report" [ "file" ] node
        |> Decoded.bind (Fields.optional "file" substitute file)

    // name, or {name: {settings}}.
    let private variant what (names: string list) read (node: Node) =
        match node.Content with
        | Content.Mapping [ key, settings ] ->
            Scalars.choice what (names |> List.map (fun name -> name, name)) key
            |> Decoded.bind (fun name -> read name settings)
        | Content.Mapping _ ->
            Decoded.fail
                node.Span
                $"a {what} is one name with its settings"
                $"""Write one of {String.concat ", " names}."""
        | _ ->
            Scalars.choice what (names |> List.map (fun name -> name, name)) node
            |> Decoded.bind (fun name ->
                read name {
                    node with
                        Content = Content.Mapping []
                })

    /// How configurations are chosen.
    let sampler (node: Node) : Decoded<Sampler> =
        let drawn fields =
            Decoded.zip
                (Fields.required "trials" "Write trials: 100, for example." (Scalars.int 1 Int32.MaxValue) fields)
                (Fields.optional "seed" 0UL Scalars.uint64 fields)

        let budget make settings =
            Fields.known "sampler" [ "trials"; "seed" ] settings
            |> Decoded.bind drawn
            |> Decoded.map make

        let tpe settings =
            Fields.known "sampler" [ "trials"; "seed"; "startup" ] settings
            |> Decoded.bind (fun fields ->
                Decoded.zip
                    (drawn fields)
                    (Fields.optional "startup" Defaults.startup (Scalars.int 1 Int32.MaxValue) fields))
            |> Decoded.map (fun ((trials, seed), startup) -> Sampler.Tpe(trials, seed, startup))

        node
        |> variant "sampler" [ "grid"; "random"; "sobol"; "tpe" ] (fun name settings ->
            match name with
            | "grid" -> Fields.known "grid" [] settings |> Decoded.map (fun _ -> Sampler.Grid)
            | "random" -> budget Sampler.Random settings
            | "sobol" -> budget Sampler.Sobol settings
            | _ -> tpe settings)

    /// When hopeless trials are stopped.
    let pruner (node: Node) : Decoded<Pruner> =
        let count = Scalars.int 1 maximumEpochs

        node
        |> variant "pruner" [ "off"; "median"; "successive_halving" ] (fun name settings ->
            match name with
            | "off" -> Fields.known "off" [] settings |> Decoded.map (fun _ -> Pruner.Off)
            | "median" ->
                Fields.known "median" [ "warmup"; "trials"; "interval" ] settings
                |> Decoded.bind (fun fields ->
                    decode {
                        let! warmup = Fields.optional "warmup" 1 (Scalars.int 0 maximumEpochs) fields
                        and! trials = Fields.optional "trials" 5 count fields
                        and! interval = Fields.optional "interval" 1 count fields
                        return Pruner.Median(warmup, trials, interval)
                    })
            | _ ->
                Fields.known "successive_halving" [ "reduction"; "minimum" ] settings
                |> Decoded.bind (fun fields ->
                    Decoded.zip
                        (Fields.optional "reduction" 3 (Scalars.int 2 100) fields)
                        (Fields.optional "minimum" 1 count fields))
                |> Decoded.map Pruner.SuccessiveHalving)
