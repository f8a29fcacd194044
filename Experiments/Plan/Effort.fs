namespace Orchestrator.Experiments.Plan

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain

/// What the core knows of a configuration's size.
type Sizes = {
    /// The model, layer by layer.
    Model: ParameterSet -> ModelDescription
    /// Images to train and validate on.
    Images: ParameterSet -> int
}

/// How long a trial takes on a nominal core, by counting operations: no clock is read, so that every machine finds the
/// same. The speeds are those of one core of a server of 2020 with libtorch; a particular machine is easily half or
/// twice as fast. docs/performance.md has measured times.
[<RequireQualifiedAccess>]
module Effort =

    let private multiplicationsPerSecond = 6e10
    let private secondsPerActivation = 1e-9
    let private secondsPerUpdatedParameter = 1.2e-8
    let private secondsPerBatch = 2e-3

    /// Starting a worker, and the figures and pictures whose cost does not depend on the model.
    let private secondsPerTrial = 6.0

    /// Test images, each time a training is read.
    let private imagesPerReading = 10_000.0

    /// What the figures and pictures at the end are worth, in images that pass through the model.
    let private imagesAtTheEnd = 20_000.0

    // A transposed convolution multiplies at each position of its input, a fourth of its output's at stride 2.
    let private positions (layer: LayerDescription) =
        let spatial = layer.OutputShape |> Seq.skip (min 1 layer.OutputShape.Length)
        let output = spatial |> Seq.fold (fun product side -> product * float side) 1.0

        if
            layer.Type.StartsWith("ConvTranspose2d", StringComparison.Ordinal)
            && layer.Type.Contains(" s2 ", StringComparison.Ordinal)
        then
            output / 4.0
        else
            output

    let private activations (layer: LayerDescription) =
        layer.OutputShape |> Seq.fold (fun product side -> product * float side) 1.0

    // Seconds that an image takes through the model.
    let private forward (model: ModelDescription) =
        let multiplications =
            model.Layers
            |> Seq.sumBy (fun layer -> float layer.Parameters * positions layer)

        multiplications / multiplicationsPerSecond
        + (model.Layers |> Seq.sumBy activations) * secondsPerActivation

    let private whole name otherwise (parameters: ParameterSet) =
        match parameters.Find name with
        | :? ParameterValue.Integer as found -> float found.Value
        | _ -> otherwise

    /// Seconds that a trial takes on one core: a training step is three passes and an update of every parameter.
    let seconds (sizes: Sizes) (trial: PlannedTrial) : float =
        let parameters = trial.Parameters
        let model = sizes.Model parameters
        let pass = forward model
        let batch = parameters |> whole "batch_size" 128.0
        let held = parameters |> whole "validation" 0.0
        let images = max 1.0 (float (sizes.Images parameters) - held)

        let step =
            3.0 * pass * (parameters |> whole "monte_carlo_samples" 1.0)
            + (float model.Parameters * secondsPerUpdatedParameter + secondsPerBatch) / batch

        let epochs = float (List.last trial.Epochs)

        secondsPerTrial
        + epochs * (images * step + held * pass)
        + float trial.Epochs.Length * imagesPerReading * pass
        + imagesAtTheEnd * pass

    /// Seconds that trials take side by side: each goes to the worker that is free first, the longest before the others.
    let sideBySide (workers: int) (trials: float list) : float =
        let rec place busy waiting =
            match busy, waiting with
            | free :: others, next :: rest -> place (List.sort (free + next :: others)) rest
            | _ -> busy

        trials
        |> List.sortDescending
        |> place (List.replicate workers 0.0)
        |> List.fold max 0.0
