namespace Orchestrator.Experiments.Scripting

open Orchestrator.Core.Devices
open Orchestrator.Core.Evaluation
open Orchestrator.Core.Models
open Orchestrator.Core.Models.Families
open Orchestrator.Core.Models.Networks
open Orchestrator.Core.Training

// Their namespaces hold a Dataset and a Likelihood too.
type private DatasetParameters = Orchestrator.Core.Data.DatasetParameters
type private DatasetSelection = Orchestrator.Core.Data.DatasetSelection
type private ObjectiveParameters = Orchestrator.Core.Objectives.ObjectiveParameters

/// Typed handles to the catalogue's parameters, in the catalogue's order.
[<RequireQualifiedAccess>]
module Param =

    /// The data set to learn from.
    let dataset = Handle.ofChoice<Dataset> DatasetSelection.Dataset

    /// Training images held out for validation.
    let validation = Handle.ofParameter DatasetSelection.Validation

    /// Training images of dsprites; 0 means 60000.
    let train = Handle.ofParameter DatasetParameters.Train

    /// Test images, of dsprites or held out of own data.
    let test = Handle.ofParameter DatasetParameters.Test

    /// Where own data lie.
    let path = Handle.ofParameter DatasetParameters.Path

    /// The IDX file of training images.
    let trainImages = Handle.ofParameter DatasetParameters.TrainImages

    /// The IDX file of training labels.
    let trainLabels = Handle.ofParameter DatasetParameters.TrainLabels

    /// The IDX file of test images.
    let testImages = Handle.ofParameter DatasetParameters.TestImages

    /// The IDX file of test labels.
    let testLabels = Handle.ofParameter DatasetParameters.TestLabels

    /// The number of classes of IDX files.
    let classes = Handle.ofParameter DatasetParameters.Classes

    /// A class left out of training and validation, to be detected as an anomaly; -1 for none.
    let withoutClass = Handle.ofParameter DatasetSelection.WithoutClass

    /// The model family.
    let family = Handle.ofChoice<Family> ModelParameters.Family

    /// The model family by its name: one that a script added.
    let familyNamed = Handle.ofParameter ModelParameters.Family

    /// The architecture of encoder and decoder.
    let encoder = Handle.ofChoice<Encoder> ModelParameters.Encoder

    /// The architecture of the decoder.
    let decoder = Handle.ofChoice<Decoder> ModelParameters.Decoder

    /// Dimensions of the latent space.
    let latent = Handle.ofParameter ModelParameters.Latent

    /// Points of the latent space at which single images are decoded, such as "3 2; -3 2".
    let decodeAt = Handle.ofParameter EvaluationParameters.DecodeAt

    /// Hidden layers of the encoder.
    let depth = Handle.ofParameter ModelParameters.Depth

    /// Units of a dense hidden layer, or channels of the first convolution.
    let width = Handle.ofParameter ModelParameters.Width

    /// Units of each hidden layer of a dense encoder, in place of depth and width.
    let hidden = Handle.ofIntegers DenseNetwork.Hidden

    /// Units of each dense hidden layer of the decoder, where they do not mirror the encoder's.
    let decoderHidden = Handle.ofIntegers DenseNetwork.DecoderHidden

    /// Channels of each convolution, in place of depth and width.
    let channels = Handle.ofIntegers ConvNetwork.Channels

    /// Stride of each convolution that channels names.
    let strides = Handle.ofIntegers ConvNetwork.Strides

    /// Channels of the decoder's transposed convolutions, where they do not mirror the encoder's.
    let decoderChannels = Handle.ofIntegers ConvNetwork.DecoderChannels

    /// Side of the convolutions' kernels.
    let kernel = Handle.ofParameter ConvNetwork.Kernel

    /// How convolutions halve the image.
    let downsampling = Handle.ofChoice<Downsampling> ConvNetwork.Downsampling

    /// Batch normalisation in a convolutional encoder.
    let batchNorm = Handle.ofChoice<BatchNorm> ConvNetwork.BatchNorm

    /// Side that a convolutional network pads images to.
    let padTo = Handle.ofParameter ConvNetwork.PadTo

    /// What the hidden units of dense and convolutional networks pass their sums through.
    let activation = Handle.ofChoice<Activation> ModelParameters.Activation

    /// Share of the hidden units that each training step leaves out.
    let dropout = Handle.ofParameter ModelParameters.Dropout

    /// The likelihood of a pixel given the latent code.
    let likelihood = Handle.ofChoice<Likelihood> ObjectiveParameters.Likelihood

    /// The Gaussian likelihood's variance.
    let variance = Handle.ofParameter ObjectiveParameters.Variance

    /// What keeps the means of a Gaussian likelihood in bounds.
    let outputActivation =
        Handle.ofChoice<OutputActivation> ObjectiveParameters.OutputActivation

    /// Weight of the KL term.
    let beta = Handle.ofParameter ObjectiveParameters.Beta

    /// How a reconstruction's loss is taken over pixels.
    let reduction = Handle.ofChoice<Reduction> ObjectiveParameters.Reduction

    /// How the KL term is taken over latent dimensions.
    let divergenceReduction =
        Handle.ofChoice<DivergenceReduction> ObjectiveParameters.DivergenceReduction

    /// Samples of the posterior that the training loss averages.
    let monteCarloSamples = Handle.ofParameter ModelParameters.MonteCarloSamples

    /// What an autoencoder's code passes through.
    let codeActivation =
        Handle.ofChoice<CodeActivation> AutoencoderFamily.CodeActivation

    /// What a denoising autoencoder's input suffers.
    let noise = Handle.ofChoice<Noise> DenoisingFamily.Noise

    /// How much a denoising autoencoder's input suffers.
    let noiseLevel = Handle.ofParameter DenoisingFamily.NoiseLevel

    /// What a denoising autoencoder's training compares its output with.
    let target = Handle.ofChoice<Target> DenoisingFamily.Target

    /// Epochs over which the KL term's weight grows to beta.
    let betaWarmup = Handle.ofParameter ObjectiveParameters.BetaWarmup

    /// Epochs after which the warm-up of the KL term's weight starts again.
    let betaCycle = Handle.ofParameter ObjectiveParameters.BetaCycle

    /// Nats of KL that each latent dimension has for free.
    let freeBits = Handle.ofParameter ObjectiveParameters.FreeBits

    /// Weight of the distance between the KL and its capacity.
    let gamma = Handle.ofParameter CapacityFamily.Gamma

    /// Nats per image that the KL is led to.
    let capacity = Handle.ofParameter CapacityFamily.Capacity

    /// Epochs over which the capacity grows.
    let capacityEpochs = Handle.ofParameter CapacityFamily.CapacityEpochs

    /// The InfoVAE's α: the KL's weight is 1 − α.
    let infoAlpha = Handle.ofParameter InformationFamily.Alpha

    /// The InfoVAE's λ: the discrepancy's weight is α + λ − 1.
    let infoLambda = Handle.ofParameter InformationFamily.Lambda

    /// The kernel of the discrepancy between codes and prior.
    let mmdKernel = Handle.ofChoice<Kernel> InformationFamily.Kernel

    /// The width of that kernel.
    let mmdBandwidth = Handle.ofParameter InformationFamily.Bandwidth

    /// Learned pseudo-inputs of a VampPrior.
    let pseudoInputs = Handle.ofParameter VampPriorFamily.PseudoInputs

    /// Coupling layers of a flow prior.
    let flowLayers = Handle.ofParameter FlowPriorFamily.Layers

    /// Hidden units of each coupling layer.
    let flowWidth = Handle.ofParameter FlowPriorFamily.Width

    /// Weight of the classifier on the latent mean.
    let labelWeight = Handle.ofParameter LabelledFamily.LabelWeight

    /// Fraction of the training images whose label the classifier sees.
    let labelledFraction = Handle.ofParameter LabelledFamily.LabelledFraction

    /// The distribution of a GAN's noise.
    let noiseDistribution = Handle.ofChoice<NoiseDistribution> AdversarialFamily.Prior

    /// Lower end of a GAN's uniform noise.
    let noiseLow = Handle.ofParameter AdversarialFamily.Low

    /// Upper end of a GAN's uniform noise.
    let noiseHigh = Handle.ofParameter AdversarialFamily.High

    /// Whether a GAN works on pixels from -1 to 1 in place of 0 to 1.
    let centredPixels = Handle.ofParameter AdversarialFamily.CentredPixels

    /// What the discriminator's target for real images lacks of 1.
    let labelSmoothing = Handle.ofParameter AdversarialFamily.LabelSmoothing

    /// Step size of the optimizer.
    let learningRate = Handle.ofParameter TrainingParameters.LearningRate

    /// How the step size goes on.
    let schedule = Handle.ofChoice<Schedule> TrainingParameters.Schedule

    /// How the step size goes on, by name: a schedule that a script added.
    let scheduleNamed = Handle.ofParameter TrainingParameters.Schedule

    /// Images of a batch.
    let batchSize = Handle.ofParameter TrainingParameters.BatchSize

    /// Whether readings judge generated images by a classifier that is trained on the real ones.
    let sampleQuality = Handle.ofParameter EvaluationParameters.SampleQuality

    /// Adam's β₁.
    let adamBeta1 = Handle.ofParameter TrainingParameters.AdamBeta1

    /// Adam's ε.
    let adamEpsilon = Handle.ofParameter TrainingParameters.AdamEpsilon

    /// Adam's weight decay.
    let weightDecay = Handle.ofParameter TrainingParameters.WeightDecay

    /// Whose rule the first weights follow.
    let initialisation = Handle.ofChoice<Initialisation> ModelParameters.Init

    /// Epochs without an improvement that end a training; 0 trains to the end.
    let patience = Handle.ofParameter TrainingParameters.Patience

    /// The metric that early stopping watches, such as val/elbo.
    let monitor = Handle.ofParameter TrainingParameters.Monitor

    /// What a change of the watched metric must be more than to be an improvement.
    let minDelta = Handle.ofParameter TrainingParameters.MinDelta

    /// Lets products and convolutions on CUDA round their inputs to TF32.
    let tf32 = Handle.ofParameter DeviceParameters.Tf32

    /// The type in which layers compute while they train.
    let autocast = Handle.ofChoice<Autocast> DeviceParameters.Autocast

    /// Takes only algorithms that give the same bits run after run.
    let deterministic = Handle.ofParameter DeviceParameters.Deterministic

    /// Records the training step as a CUDA graph.
    let cudaGraphs = Handle.ofParameter DeviceParameters.CudaGraphs
