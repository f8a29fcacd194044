namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Catalogue

/// Typed handles to the catalogue's parameters, in the catalogue's order.
[<RequireQualifiedAccess>]
module Param =

    /// The data set to learn from.
    let dataset = Handle.ofChoice<Dataset> Parameters.Dataset

    /// Training images held out for validation.
    let validation = Handle.ofParameter Parameters.Validation

    /// The model family.
    let family = Handle.ofChoice<Family> Parameters.Family

    /// The architecture of encoder and decoder.
    let encoder = Handle.ofChoice<Encoder> Parameters.Encoder

    /// Dimensions of the latent space.
    let latent = Handle.ofParameter Parameters.Latent

    /// Hidden layers of the encoder.
    let depth = Handle.ofParameter Parameters.Depth

    /// Units of a dense hidden layer, or channels of the first convolution.
    let width = Handle.ofParameter Parameters.Width

    /// The likelihood of a pixel given the latent code.
    let likelihood = Handle.ofChoice<Likelihood> Parameters.Likelihood

    /// Weight of the KL term.
    let beta = Handle.ofParameter Parameters.Beta

    /// Step size of the optimizer.
    let learningRate = Handle.ofParameter Parameters.LearningRate

    /// Images of a batch.
    let batchSize = Handle.ofParameter Parameters.BatchSize
