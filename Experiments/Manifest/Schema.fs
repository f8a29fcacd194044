// Over 300 lines: one schema, section by section, in the order in which it is printed.
namespace Orchestrator.Experiments.Manifest

open System.Text.Encodings.Web
open System.Text.Json
open System.Text.Json.Nodes
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// The JSON Schema of manifests, made from the same definitions that read them: editors complete and check by it.
[<RequireQualifiedAccess>]
module Schema =

    let private object' (fields: (string * JsonNode) list) : JsonNode =
        let node = JsonObject()

        for name, value in fields do
            node.Add(name, value)

        node

    let private array' (items: JsonNode list) : JsonNode =
        let node = JsonArray()

        for item in items do
            node.Add item

        node

    let private text (value: string) : JsonNode = nonNull (JsonValue.Create value)

    let private number (value: float) : JsonNode =
        if value = floor value && abs value < 1e15 then
            JsonValue.Create(int64 value)
        else
            JsonValue.Create value

    let private flag (value: bool) : JsonNode = JsonValue.Create value
    let private texts values = values |> List.map text |> array'
    let private typed name more = object' (("type", text name) :: more)

    let private described description fields =
        ("description", text description) :: fields

    let private reference name =
        object' [ "$ref", text $"#/$defs/{name}" ]

    let private whole low high more =
        typed "integer" ([ "minimum", number low; "maximum", number high ] @ more)

    let private strict properties required more =
        typed
            "object"
            ([ "properties", object' properties; "additionalProperties", flag false ]
             @ (if List.isEmpty required then
                    []
                else
                    [ "required", texts required ])
             @ more)

    let private listOf (items: JsonNode) =
        typed "array" [ "items", items; "minItems", number 1.0 ]

    // Bounds of a number of a parameter.
    let private bounds (definition: ParameterDefinition) : (string * JsonNode) list = [
        match Option.ofNullable definition.Minimum with
        | Some low when definition.ExclusiveMinimum -> "exclusiveMinimum", number low
        | Some low -> "minimum", number low
        | None -> ()
        match Option.ofNullable definition.Maximum with
        | Some high -> "maximum", number high
        | None -> ()
    ]

    let private defaultOf (definition: ParameterDefinition) : (string * JsonNode) list =
        match
            Option.ofObj definition.DefaultValue
            |> Option.bind (fun value -> Option.ofObj (JsonNode.Parse(value.ToJson())))
        with
        | Some value -> [ "default", value ]
        | None -> []

    let private valueOf (definition: ParameterDefinition) more : JsonNode =
        match definition.Kind with
        | ParameterKind.Integer -> typed "integer" (bounds definition @ more)
        | ParameterKind.Real -> typed "number" (bounds definition @ more)
        | ParameterKind.Flag -> typed "boolean" more
        | ParameterKind.Choice -> object' (("enum", texts (List.ofSeq definition.Choices)) :: more)
        | ParameterKind.IntegerList -> typed "array" (("items", typed "integer" (bounds definition)) :: more)
        | _ -> typed "string" more

    let private valueName (definition: ParameterDefinition) = $"value_{definition.Name}"

    let private isNumeric (definition: ParameterDefinition) =
        definition.Kind = ParameterKind.Integer || definition.Kind = ParameterKind.Real

    // The spacings of a parameter's values.
    let private spacings (definition: ParameterDefinition) : (string * JsonNode) list =
        let ends () = [
            "from", reference (valueName definition)
            "to", reference (valueName definition)
        ]

        let counted () =
            strict (ends () @ [ "count", whole 1.0 (float AxisDecoder.maximumPoints) [] ]) [ "from"; "to"; "count" ]

        [
            "values", listOf (reference (valueName definition))
            if isNumeric definition then
                "range",
                strict (ends () @ [ "step", typed "number" [ "exclusiveMinimum", number 0.0 ] ]) [ "from"; "to" ] []

                "linspace", counted () []
                "geomspace", counted () []
        ]

    let private axisName (definition: ParameterDefinition) = $"axis_{definition.Name}"

    // Values, a spacing, or one of them for each condition.
    let private axisOf (definition: ParameterDefinition) : JsonNode =
        let axis () = reference (axisName definition)

        object' [
            "description", text definition.Description
            "anyOf", array' [ listOf (reference (valueName definition)); axis (); listOf (axis ()) ]
        ]

    let private fixedSection (rules: Rules) section description more =
        let properties =
            rules.Parameters
            |> List.filter (fun definition -> fst (SweepDecoder.home definition) = section)
            |> List.map (fun definition -> snd (SweepDecoder.home definition), reference (valueName definition))

        section, strict properties [] (described description more)

    let private zip (rules: Rules) =
        let column (definition: ParameterDefinition) =
            definition.Name,
            object' [
                "anyOf", array' [ listOf (reference (valueName definition)); reference (axisName definition) ]
            ]

        strict
            [
                "zip", strict (rules.Parameters |> List.map column) [] [ "minProperties", number 2.0 ]
                "when", reference "assignment"
            ]
            [ "zip" ]
            (described "parameters that vary together, under any label" [])

    let private definitions (rules: Rules) = [
        for definition in rules.Parameters do
            valueName definition, valueOf definition (described definition.Description (defaultOf definition))

            axisName definition,
            strict (spacings definition @ [ "when", reference "assignment" ]) [] [ "minProperties", number 1.0 ]

        "assignment",
        strict
            (rules.Parameters
             |> List.map (fun definition -> definition.Name, reference (valueName definition)))
            []
            (described "values of parameters" [ "minProperties", number 1.0 ])
        "zip", zip rules
    ]

    let private seed () =
        typed "integer" [ "minimum", number 0.0 ]

    let private budget () =
        strict [ "trials", typed "integer" [ "minimum", number 1.0 ]; "seed", seed () ] [ "trials" ] []

    let private proposals () =
        let count () =
            typed "integer" [ "minimum", number 1.0 ]

        strict [ "trials", count (); "seed", seed (); "startup", count () ] [ "trials" ] []

    let private amount () =
        object' [ "anyOf", array' [ object' [ "const", text "auto" ]; whole 1.0 1024.0 [] ] ]

    let private either description choices =
        object' (described description [ "anyOf", array' choices ])

    let private settings (rules: Rules) : (string * JsonNode) list =
        let epoch () =
            whole 1.0 (float SettingsDecoder.maximumEpochs) []

        let seeds = whole 1.0 (float SettingsDecoder.maximumSeeds)
        let times () = whole 0.0 1000.0 []

        [
            "objective",
            strict
                [
                    "metric", object' [ "enum", texts (rules.Metrics |> List.map _.Name) ]
                    "direction", object' [ "enum", texts [ "maximize"; "minimize" ] ]
                ]
                [ "metric" ]
                (described "what is optimized: a metric and the way that is better (default: the metric's own)" [])
            "exclude",
            typed "array" (described "configurations that are left out of the grid" [ "items", reference "assignment" ])
            "include",
            typed "array" (described "configurations that are added to the grid" [ "items", reference "assignment" ])
            "sampler",
            either "how configurations are chosen out of the grid; trials counts seeds as well" [
                object' [ "const", text "grid" ]
                strict [ "random", budget () ] [ "random" ] []
                strict [ "sobol", budget () ] [ "sobol" ] []
                strict [ "tpe", proposals () ] [ "tpe" ] []
            ]
            "pruner",
            either "when hopeless trials are stopped; off unless written" [
                object' [ "const", text "off" ]
                object' [ "enum", texts [ "median"; "successive_halving" ] ]
                strict
                    [
                        "median",
                        strict
                            [
                                "warmup", whole 0.0 (float SettingsDecoder.maximumEpochs) []
                                "trials", epoch ()
                                "interval", epoch ()
                            ] [] []
                    ] [ "median" ] []
                strict
                    [
                        "successive_halving", strict [ "reduction", whole 2.0 100.0 []; "minimum", epoch () ] [] []
                    ] [ "successive_halving" ] []
            ]
            "seeds",
            either "replicates of every configuration: a count, a count with its first seed, or the seeds" [
                seeds []
                strict [ "replicates", seeds []; "base", seed () ] [ "replicates" ] []
                listOf (seed ())
            ]
            "epochs",
            either "epochs of a training, or ascending epochs at which one training is read" [
                epoch ()
                listOf (epoch ())
            ]
            "resources",
            strict
                [
                    "workers", amount ()
                    "threads", amount ()
                    "device", typed "string" [ "pattern", text "^(auto|cpu|cuda(:[0-9]{1,2})?)$" ]
                ]
                []
                (described "what the sweep may use; outside of every trial's identity" [])
            "retry",
            strict
                ([ "lost"; "preempted"; "out_of_memory"; "diverged"; "failed" ]
                 |> List.map (fun cause -> cause, times ()))
                []
                (described "how often a trial is tried again, by cause" [])
            "report",
            strict
                [ "file", typed "string" [ "pattern", text "\\.html$" ] ]
                []
                (described "the report's file name in the sweep's folder" [])
        ]

    let private parameters (rules: Rules) =
        typed
            "object"
            (described "what varies: every combination is a configuration" [
                "properties",
                object' (
                    rules.Parameters
                    |> List.map (fun definition -> definition.Name, axisOf definition)
                )
                "additionalProperties", reference "zip"
            ])

    let private root (rules: Rules) =
        let properties = [
            "version", object' (described "the version of the manifest format" [ "const", number 1.0 ])
            "sweep",
            typed
                "string"
                (described "the sweep's name and the name of its folder" [
                    "pattern", text "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
                ])
            "dataset",
            either "what is learnt from" [
                snd (fixedSection rules "dataset" "the data set and its split" [])
                reference "value_dataset"
            ]
            fixedSection rules "model" "what is learnt: parameters of the model that every configuration shares" []
            fixedSection rules "training" "how it is learnt: parameters of the training that every configuration shares" []
            "parameters", parameters rules
            yield! settings rules
        ]

        object' [
            "$schema", text "https://json-schema.org/draft/2020-12/schema"
            "title", text "Manifest of a sweep"
            "type", text "object"
            "properties", object' properties
            "required", texts [ "version"; "sweep"; "epochs" ]
            "additionalProperties", flag false
            "$defs", object' (definitions rules)
        ]

    let private options =
        JsonSerializerOptions(
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
        )

    /// The schema as text.
    let print (rules: Rules) : string =
        (root rules).ToJsonString options + "\n"
