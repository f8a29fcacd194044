namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Catalogue
open Orchestrator.Core.Models.Families
open Orchestrator.Core.Models.Networks

type private Data = Orchestrator.Core.Data.DatasetParameters

/// Typed handles to the catalogue's parameters, in the catalogue's order.
[<RequireQualifiedAccess>]
module Param =

    /// The data set to learn from.
    let dataset = Handle.ofChoice<Dataset> Parameters.Dataset

    /// Training images held out for validation.
    let validation = Handle.ofParameter Parameters.Validation

    /// A class left out of training and validation, to be detected as an anomaly; -1 for none.
    let withoutClass = Handle.ofParameter Parameters.WithoutClass

    /// Training images of dsprites; 0 means 60000.
    let train = Handle.ofParameter Data.Train

    /// Test images, of dsprites or held out of own data.
    let test = Handle.ofParameter Data.Test

    /// Where own data lie.
    let path = Handle.ofParameter Data.Path

    /// The IDX file of training images.
    let trainImages = Handle.ofParameter Data.TrainImages

    /// The IDX file of training labels.
    let trainLabels = Handle.ofParameter Data.TrainLabels

    /// The IDX file of test images.
    let testImages = Handle.ofParameter Data.TestImages

    /// The IDX file of test labels.
    let testLabels = Handle.ofParameter Data.TestLabels

    /// The number of classes of IDX files.
    let classes = Handle.ofParameter Data.Classes

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

    /// Units of each hidden layer of a dense encoder, in place of depth and width.
    let hidden = Handle.ofIntegers DenseNetwork.Hidden

    /// The likelihood of a pixel given the latent code.
    let likelihood = Handle.ofChoice<Likelihood> Parameters.Likelihood

    /// The Gaussian likelihood's variance.
    let variance = Handle.ofParameter Parameters.Variance

    /// What keeps the means of a Gaussian likelihood in bounds.
    let outputActivation = Handle.ofChoice<OutputActivation> Parameters.OutputActivation

    /// Weight of the KL term.
    let beta = Handle.ofParameter Parameters.Beta

    /// How a reconstruction's loss is taken over pixels.
    let reduction = Handle.ofChoice<Reduction> Parameters.Reduction

    /// How the KL term is taken over latent dimensions.
    let divergenceReduction =
        Handle.ofChoice<DivergenceReduction> Parameters.DivergenceReduction

    /// What an autoencoder's code passes through.
    let codeActivation =
        Handle.ofChoice<CodeActivation> AutoencoderFamily.CodeActivation

    /// What a denoising autoencoder's input suffers.
    let noise = Handle.ofChoice<Noise> DenoisingFamily.Noise

    /// How much a denoising autoencoder's input suffers.
    let noiseLevel = Handle.ofParameter DenoisingFamily.NoiseLevel

    /// Epochs over which the KL term's weight grows to beta.
    let betaWarmup = Handle.ofParameter VariationalFamily.BetaWarmup

    /// Step size of the optimizer.
    let learningRate = Handle.ofParameter Parameters.LearningRate

    /// How the step size goes on.
    let schedule = Handle.ofChoice<Schedule> Parameters.Schedule

    /// Images of a batch.
    let batchSize = Handle.ofParameter Parameters.BatchSize

    /// Adam's ε.
    let adamEpsilon = Handle.ofParameter Parameters.AdamEpsilon

    /// Adam's weight decay.
    let weightDecay = Handle.ofParameter Parameters.WeightDecay

    /// Whose rule the first weights follow.
    let initialisation = Handle.ofChoice<Initialisation> Parameters.Init
