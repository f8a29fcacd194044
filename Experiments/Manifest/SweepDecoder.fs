namespace Orchestrator.Experiments.Manifest

open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// Reads a whole manifest into a sweep.
[<RequireQualifiedAccess>]
module SweepDecoder =

    /// The sections of a manifest, in the order in which people write them.
    let sections = [
        "version"
        "sweep"
        "dataset"
        "objective"
        "model"
        "training"
        "parameters"
        "exclude"
        "include"
        "sampler"
        "pruner"
        "seeds"
        "epochs"
        "resources"
        "retry"
        "report"
    ]

    let private sectionOf (definition: ParameterDefinition) =
        definition.Section.ToString().ToLowerInvariant()

    // dataset: {name: mnist} is the parameter dataset.
    let private keyOf (definition: ParameterDefinition) =
        if definition.Name = "dataset" then
            "name"
        else
            definition.Name

    /// The section and key under which a parameter is fixed.
    let home (definition: ParameterDefinition) = sectionOf definition, keyOf definition

    let private misplaced (rules: Rules) section key =
        match Rules.parameter key rules with
        | Some definition when definition.Name <> "dataset" ->
            Some(
                $"'{key}' does not belong to {section}",
                $"Write it under {sectionOf definition}:, or vary it under parameters:."
            )
        | _ when List.contains key sections && key <> "dataset" ->
            Some($"'{key}' does not belong to {section}", $"Write {key}: at the top level, without indent.")
        | _ -> None

    let private fixedSection (rules: Rules) section (node: Node) : Decoded<ParameterSet> =
        let own =
            rules.Parameters
            |> List.filter (fun definition -> sectionOf definition = section)

        let field (key, _, value) =
            own
            |> List.tryFind (fun definition -> keyOf definition = key)
            |> Option.map (fun definition ->
                Values.decode definition value
                |> Decoded.map (fun value -> KeyValuePair(definition.Name, value)))

        Fields.knownOr (misplaced rules section) section (own |> List.map keyOf) node
        |> Decoded.bind (fun fields -> fields.Values |> List.choose field |> Decoded.collect)
        |> Decoded.map ParameterSet.Of

    // dataset: mnist is short for dataset: {name: mnist}.
    let private dataset rules (node: Node) =
        match node.Content, Rules.parameter "dataset" rules with
        | Content.Scalar _, Some definition when not (Node.isNull node) ->
            Values.decode definition node
            |> Decoded.map (fun value -> ParameterSet.Empty.With(definition.Name, value))
        | _ -> fixedSection rules "dataset" node

    let private name (node: Node) =
        Scalars.text node
        |> Decoded.require node.Span (fun name ->
            Names.sweep name
            |> Option.map (fun cause ->
                $"'{name}' cannot name a sweep: {cause}", "Write a name such as fashion-beta-latent."))

    let private version (node: Node) =
        Scalars.int 0 System.Int32.MaxValue node
        |> Decoded.require node.Span (fun version ->
            if version = 1 then
                None
            else
                Some(
                    $"version {version} of the manifest format is not known here",
                    "Write version: 1, or use the program that this manifest was written for."
                ))

    let private assignments rules what (node: Node) : Decoded<ParameterSet list> =
        match node.Content with
        | Content.Sequence items -> items |> List.map (Values.assignment rules what) |> Decoded.collect
        | _ ->
            Decoded.fail
                node.Span
                $"{what} is a list, not {Node.describe node}"
                $"Write {what}: [{{latent: 2, beta: 4}}], a list even of one."

    let private union (sets: ParameterSet list) = sets |> Seq.concat |> ParameterSet.Of

    let private explain rules key =
        Rules.parameter key rules
        |> Option.map (fun definition ->
            $"'{key}' is a parameter, not a section",
            $"Write it under {sectionOf definition}:, or vary it under parameters:.")

    let private decodeFields (rules: Rules) (fields: Fields) : Decoded<Sweep> =
        let optional name substitute read =
            Fields.optional name substitute (read >> Decoded.recover substitute) fields

        let required name remedy substitute read =
            Fields.required name remedy read fields |> Decoded.recover substitute

        let none = ParameterSet.Empty

        decode {
            let! _ = required "version" "Write version: 1 as the first line." 1 version

            and! name =
                required "sweep" "Write sweep: and a name; the results lie in a folder of that name." "sweep" name

            and! dataset = optional "dataset" none (dataset rules)
            and! model = optional "model" none (fixedSection rules "model")
            and! training = optional "training" none (fixedSection rules "training")

            and! objective =
                optional "objective" Defaults.objective (SettingsDecoder.objective rules)

            and! axes = optional "parameters" [] (AxisDecoder.decode rules)
            and! exclude = optional "exclude" [] (assignments rules "exclude")
            and! inclusions = optional "include" [] (assignments rules "include")
            and! sampler = optional "sampler" Sampler.Grid SettingsDecoder.sampler
            and! pruner = optional "pruner" Pruner.Off SettingsDecoder.pruner
            and! seeds = optional "seeds" [ 0UL ] SettingsDecoder.seeds

            and! epochs =
                required
                    "epochs"
                    "Write epochs: 10, or several readings such as epochs: [10, 20]."
                    [ 1 ]
                    SettingsDecoder.epochs

            and! resources =
                optional "resources" Defaults.resources (SettingsDecoder.resources Defaults.resources)

            and! retry = optional "retry" Defaults.retry (SettingsDecoder.retry Defaults.retry)

            and! report =
                optional "report" Defaults.reportFile (SettingsDecoder.report Defaults.reportFile)

            return {
                Name = name
                Objective = objective
                Fixed = union [ dataset; model; training ]
                Axes = axes
                Exclude = exclude
                Include = inclusions
                Sampler = sampler
                Pruner = pruner
                Seeds = seeds
                Epochs = epochs
                Resources = resources
                Retry = retry
                ReportFile = report
            }
        }

    /// The sweep that a manifest's tree declares, as far as it can be read.
    let decode (rules: Rules) (root: Node) : Decoded<Sweep> =
        match root.Content with
        | Content.Mapping _ ->
            Fields.knownOr (explain rules) "a manifest" sections root
            |> Decoded.bind (decodeFields rules)
        | _ ->
            Decoded.fail
                root.Span
                $"a manifest is a mapping of sections, not {Node.describe root}"
                "Begin with version: 1 and sweep: a-name; see manifests/quickstart.yaml."
