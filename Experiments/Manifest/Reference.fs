namespace Orchestrator.Experiments.Manifest

open System
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Orchestrator.Experiments.Domain

/// The reference of parameters, data sets and metrics, as the catalogues have them, in Markdown.
[<RequireQualifiedAccess>]
module Reference =

    let private cell (text: string) = text.Replace("|", "\\|")

    let private row cells =
        $"""| {String.concat " | " (List.map cell cells)} |"""

    let private table header rows =
        row header :: row (header |> List.map (fun _ -> "---")) :: List.map row rows

    let private defaultOf (definition: ParameterDefinition) =
        match Option.ofObj definition.DefaultValue with
        | None -> "must be given"
        | Some value when string value = "" -> "none"
        | Some value -> $"`{value}`"

    // dataset: {name: mnist} is the parameter dataset.
    let private parameter (definition: ParameterDefinition) = [
        $"`{definition.Name}`"
        Values.allowed definition
        defaultOf definition
        definition.Description
    ]

    let private parameters (rules: Rules) (section: ParameterSection) = [
        $"### `{section.ToString().ToLowerInvariant()}:`"
        ""
        yield!
            rules.Parameters
            |> List.filter (fun definition -> definition.Section = section)
            |> List.map parameter
            |> table [ "parameter"; "what it may be"; "default"; "meaning" ]
        ""
    ]

    let private dataset (entry: DatasetEntry) = [
        $"`{entry.Name}`"
        entry.Description
        entry.Parameters
        |> Seq.map (fun definition -> $"`{definition.Name}`")
        |> String.concat ", "
    ]

    let private metric (metric: MetricDefinition) = [
        $"`{metric.Name}`"
        metric.Unit
        match metric.Direction with
        | MetricDirection.Maximize -> "higher"
        | MetricDirection.Minimize -> "lower"
        | _ -> "neither"
        metric.Description
    ]

    /// The text of the reference, without a heading of its own.
    let print (rules: Rules) : string =
        [
            for section in Enum.GetValues<ParameterSection>() do
                yield! parameters rules section
            "### Data sets"
            ""
            yield!
                DatasetCatalogue.Entries
                |> Seq.map dataset
                |> List.ofSeq
                |> table [ "name"; "what it is"; "its parameters" ]
            ""
            "### Metrics"
            ""
            yield!
                rules.Metrics
                |> List.map metric
                |> table [ "metric"; "unit"; "better"; "meaning" ]
            ""
        ]
        |> String.concat "\n"
