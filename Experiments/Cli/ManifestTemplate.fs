namespace Orchestrator.Experiments.Cli

open System
open System.Text.Json
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data

/// What a new manifest is to hold; the values are checked.
type ManifestAnswers = {
    Sweep: string
    Fixed: (ParameterDefinition * ParameterValue) list
    Varied: (ParameterDefinition * ParameterValue list) list
    Replicates: int
    Epochs: int list
}

/// The text of a new manifest, with a comment on every part.
[<RequireQualifiedAccess>]
module ManifestTemplate =

    let private value (value: ParameterValue) =
        match value with
        | :? ParameterValue.Text as text when text.Value |> Seq.forall (fun c -> Char.IsAsciiLetterOrDigit c || c = '-') ->
            text.Value
        | :? ParameterValue.Text as text -> JsonSerializer.Serialize text.Value
        | value -> value.ToString()

    let private list values =
        String.Join(", ", values |> List.map value)

    let private explained (definition: ParameterDefinition) =
        if definition.Choices.IsEmpty then
            definition.Description
        else
            $"""{definition.Description}: {String.Join(", ", definition.Choices)}"""

    // The data set is named in its section without repeating the section's name.
    let private key (definition: ParameterDefinition) =
        if definition.Name = DatasetSelection.Dataset.Name then
            "name"
        else
            definition.Name

    let private section (name: string) comment parameterSection answers =
        match
            answers.Fixed
            |> List.filter (fun (definition, _) -> definition.Section = parameterSection)
        with
        | [] -> []
        | assignments -> [
            ""
            $"# {comment}"
            $"{name}:"
            for definition, chosen in assignments do
                $"  {key definition}: {value chosen}  # {explained definition}"
          ]

    let private axes answers = [
        for definition, values in answers.Varied do
            $"  {definition.Name}: {{values: [{list values}]}}  # {explained definition}"
    ]

    /// The whole text.
    let text (file: string) answers =
        [
            "# What is learnt, what varies, how often and how long."
            $"#   ./orchestrator plan {file}   shows what it asks for, before a second of training"
            $"#   ./orchestrator run {file}    trains what is left and writes results/{answers.Sweep}/report.html"
            "version: 1"
            $"sweep: {answers.Sweep}"
            yield! section "dataset" "What is learnt from." ParameterSection.Dataset answers
            ""
            "# What makes a configuration good: nats per image on images held out from training."
            "objective: {metric: val/elbo, direction: maximize}"
            yield! section "model" "What is learnt, the same in every configuration." ParameterSection.Model answers
            yield!
                section
                    "training"
                    "How it is learnt, the same in every configuration."
                    ParameterSection.Training
                    answers
            ""
            "# Every combination of these values is a configuration. Besides values there are range, linspace,"
            "# geomspace and zip, for example: learning_rate: {geomspace: {from: 1.0e-4, to: 1.0e-2, count: 3}}"
            "parameters:"
            yield! axes answers
            ""
            "# Every configuration is trained once with each seed; more seeds, narrower intervals."
            $"seeds: {{replicates: {answers.Replicates}, base: 0}}"
            ""
            "# One training, read after each of these epochs. A longer list later goes on where this one ended."
            $"""epochs: [{String.Join(", ", answers.Epochs)}]"""
            ""
            "# Worker processes, threads of each, and auto, cpu, cuda or cuda:0 as the device."
            "resources: {workers: auto, threads: auto, device: auto}"
            ""
        ]
        |> String.concat "\n"
