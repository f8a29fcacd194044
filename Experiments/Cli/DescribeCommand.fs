/// `orchestrator describe`: shows the models of a manifest, layer by layer.
module Orchestrator.Experiments.Cli.DescribeCommand

open System
open System.Globalization
open System.Text.Json
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Spectre.Console

/// What the command line asks for.
type DescribeOptions = { Manifest: string; Json: bool }

/// What other stages supply.
type DescribeServices = {
    Rules: Rules
    /// The model of a configuration.
    Describe: ParameterSet -> ModelDescription
}

/// A model with the configurations that train it: what varies besides does not change it.
type private DescribedModel = {
    Model: ModelDescription
    Configurations: ParameterSet list
}

let private count (value: int64) =
    value.ToString("N0", CultureInfo.InvariantCulture)

let private shape (layer: LayerDescription) =
    $"""[{String.Join(", ", layer.OutputShape)}]"""

// Descriptions hold arrays, which compare by reference; their text does not.
let private key (model: ModelDescription) =
    let layers =
        model.Layers
        |> Seq.map (fun layer -> $"{layer.Part}|{layer.Name}|{layer.Type}|{shape layer}|{layer.Parameters}")

    String.Join("\n", Seq.append [ model.Family; model.Summary ] layers)

let private models (services: DescribeServices) (plan: Plan) =
    plan.Trials
    |> List.distinctBy _.ConfigurationId
    |> List.map (fun trial -> services.Describe trial.Parameters, trial.Varied)
    |> List.groupBy (fst >> key)
    |> List.map (fun (_, group) -> {
        Model = fst (List.head group)
        Configurations = group |> List.map snd |> List.distinct
    })

let private parts (model: ModelDescription) =
    model.Layers |> Seq.map _.Part |> Seq.distinct |> List.ofSeq

let private layerTable (console: IAnsiConsole) (model: ModelDescription) =
    let table = Table()
    table.Border <- TableBorder.Simple

    for name in [ "part"; "layer"; "type"; "output" ] do
        table.AddColumn(TableColumn(name, NoWrap = true)) |> ignore<Table>

    table.AddColumn(TableColumn("parameters", NoWrap = true, Alignment = Justify.Right))
    |> ignore<Table>

    for layer in model.Layers do
        [| layer.Part; layer.Name; layer.Type; shape layer; count layer.Parameters |]
        |> Array.map Markup.Escape
        |> table.AddRow
        |> ignore<Table>

    console.Write table

let private printModel (console: IAnsiConsole) described =
    let model = described.Model

    match described.Configurations with
    | [ only ] when only.Count = 0 -> ()
    | configurations ->
        let first =
            configurations
            |> List.truncate 4
            |> List.map Numerals.assignment
            |> String.concat "; "

        let more =
            if configurations.Length > 4 then
                $"; and {configurations.Length - 4} more"
            else
                ""

        console.MarkupLine $"[bold]{Markup.Escape first}{more}[/]"

    console.WriteLine model.Summary
    layerTable console model

    let shares =
        parts model
        |> List.map (fun part -> $"{part} {count (model.ParametersOf part)}")
        |> String.concat ", "

    console.WriteLine $"{count model.Parameters} trainable parameters: {shares}"
    console.WriteLine()

let private printJson (plan: Plan) (described: DescribedModel list) =
    let jsonOf (set: ParameterSet) =
        use document = JsonDocument.Parse(set.ToJson())
        document.RootElement.Clone()

    let model described = {|
        Family = described.Model.Family
        Summary = described.Model.Summary
        Parameters = described.Model.Parameters
        Configurations = described.Configurations |> List.map jsonOf
        Layers = [
            for layer in described.Model.Layers ->
                {|
                    Part = layer.Part
                    Name = layer.Name
                    Type = layer.Type
                    Output = List.ofSeq layer.OutputShape
                    Parameters = layer.Parameters
                |}
        ]
    |}

    Json.print Console.Out {|
        Sweep = plan.Sweep.Name
        Models = described |> List.map model
    |}

/// Runs the command and answers its exit code.
let run (console: IAnsiConsole) (services: DescribeServices) (options: DescribeOptions) : int =
    match ManifestPlan.ofFile services.Rules options.Manifest with
    | Error refusal -> ProblemLines.say Console.Error refusal.Text refusal.Problems
    | Ok(plan, _) ->
        let described = models services plan

        if options.Json then
            printJson plan described
        else
            console.WriteLine $"""{plan.Sweep.Name}: {Numerals.counted described.Length "model"}"""
            console.WriteLine()
            described |> List.iter (printModel console)

        0
