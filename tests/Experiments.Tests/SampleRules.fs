/// A small catalogue that never changes, so that approved texts and ids stay what they are while the core's grows.
[<RequireQualifiedAccess>]
module Orchestrator.Experiments.Tests.SampleRules

open System.Collections.Immutable
open System.Globalization
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

let private text (values: string list) = ImmutableArray.CreateRange values

let private dataset =
    Parameter<string>(
        Name = "dataset",
        Section = ParameterSection.Dataset,
        Description = "the data set",
        Choices = text [ "mnist"; "fashion-mnist"; "shapes" ]
    )

let private validation =
    Parameter<int>(
        5000,
        Name = "validation",
        Section = ParameterSection.Dataset,
        Description = "images held out",
        Minimum = 0.0
    )

let private family =
    Parameter<string>(
        "vae",
        Name = "family",
        Section = ParameterSection.Model,
        Description = "the model family",
        Choices = text [ "ae"; "vae" ]
    )

let private encoder =
    Parameter<string>(
        "dense",
        Name = "encoder",
        Section = ParameterSection.Model,
        Description = "the architecture",
        Choices = text [ "dense"; "conv" ]
    )

let private latent =
    Parameter<int>(
        16,
        Name = "latent",
        Section = ParameterSection.Model,
        Description = "latent dimensions",
        Minimum = 1.0,
        Maximum = 4096.0
    )

let private depth =
    Parameter<int>(
        2,
        Name = "depth",
        Section = ParameterSection.Model,
        Description = "hidden layers",
        Minimum = 1.0,
        Maximum = 16.0
    )

let private width =
    Parameter<int>(
        32,
        Name = "width",
        Section = ParameterSection.Model,
        Description = "units of a layer",
        Minimum = 1.0,
        Maximum = 16384.0
    )

let private layers =
    Parameter<ImmutableArray<int>>(
        ImmutableArray<int>.Empty,
        Name = "layers",
        Section = ParameterSection.Model,
        Description = "units of each layer",
        Minimum = 1.0
    )

let private beta =
    Parameter<double>(
        1.0,
        Name = "beta",
        Section = ParameterSection.Model,
        Description = "weight of the KL term",
        Minimum = 0.0,
        Maximum = 1e6
    )

let private learningRate =
    Parameter<double>(
        1e-3,
        Name = "learning_rate",
        Section = ParameterSection.Training,
        Description = "step size",
        Minimum = 0.0,
        ExclusiveMinimum = true,
        Maximum = 100.0
    )

let private batchSize =
    Parameter<int>(
        128,
        Name = "batch_size",
        Section = ParameterSection.Training,
        Description = "images of a batch",
        Minimum = 1.0,
        Maximum = 65536.0
    )

let private shuffle =
    Parameter<bool>(
        true,
        Name = "shuffle",
        Section = ParameterSection.Training,
        Description = "whether batches are shuffled"
    )

let private schedule =
    Parameter<string>(
        "constant",
        Name = "schedule",
        Section = ParameterSection.Training,
        Description = "of the learning rate",
        Choices = text [ "constant"; "cosine" ]
    )

let private comment =
    Parameter<string>("", Name = "comment", Section = ParameterSection.Training, Description = "free text")

let definitions: ParameterDefinition list = [
    dataset
    validation
    family
    encoder
    latent
    depth
    width
    layers
    beta
    learningRate
    batchSize
    shuffle
    schedule
    comment
]

let private metrics = [
    MetricDefinition("train/loss", "nats per image", MetricDirection.Minimize, "the training loss", true)
    MetricDefinition("val/elbo", "nats per image", MetricDirection.Maximize, "the evidence lower bound", true)
    MetricDefinition("val/mse", "per pixel", MetricDirection.Minimize, "mean squared error", true)
    MetricDefinition("val/active_units", "units", MetricDirection.Neutral, "active latent units", false)
    MetricDefinition("test/elbo", "nats per image", MetricDirection.Maximize, "the evidence lower bound", false)
]

let private textOf (parameters: ParameterSet) (parameter: Parameter<string>) = parameters.Get parameter

/// An autoencoder reads no beta; the rest is read by all.
let private active parameters =
    definitions
    |> List.filter (fun definition -> not (definition.Name = "beta" && textOf parameters family = "ae"))

// Each convolution halves an image of 28 x 28.
let private check (parameters: ParameterSet) =
    if textOf parameters encoder = "conv" && parameters.Get depth > 4 then
        [
            Problem(
                "depth",
                $"{parameters.Get depth} convolutions leave nothing of a 28 x 28 image",
                "Take a depth of at most 4."
            )
        ]
    else
        []

let private budgetDependence parameters =
    if textOf parameters schedule = "cosine" then
        Some "schedule cosine"
    else
        None

let rules: Rules = {
    Parameters = definitions
    Metrics = metrics
    Active = active
    Check = check
    BudgetDependence = budgetDependence
    EpochMetrics = fun _ -> [ "train/loss"; "val/elbo"; "val/mse" ]
    DataFingerprint = fun parameters -> Ok $"{textOf parameters dataset}-v1"
}

/// Runs under a locale that writes numbers as much of the world does: 1.234,5 and a minus sign of its own.
let underCommas (action: unit -> 'T) : 'T =
    let before = CultureInfo.CurrentCulture
    let culture = CultureInfo.InvariantCulture.Clone() :?> CultureInfo
    culture.NumberFormat.NumberDecimalSeparator <- ","
    culture.NumberFormat.NumberGroupSeparator <- "."
    culture.NumberFormat.NegativeSign <- "\u2212"
    culture.NumberFormat.PositiveSign <- "\uFF0B"

    try
        CultureInfo.CurrentCulture <- culture
        action ()
    finally
        CultureInfo.CurrentCulture <- before

/// The sweep of a manifest's text, which must be right.
let parse text =
    match Orchestrator.Experiments.Manifest.Manifest.parse rules "test.yaml" text with
    | Ok manifest -> manifest.Sweep
    | Error diagnostics -> invalidOp (Orchestrator.Experiments.Manifest.Diagnostic.print "test.yaml" text diagnostics)

/// The plan of a manifest's text, which must be right.
let plan text =
    match Orchestrator.Experiments.Plan.Planner.plan rules (parse text) with
    | Ok plan -> plan
    | Error problems -> invalidOp $"%A{problems}"
