namespace Orchestrator.Experiments.Scripting

// The choices that nearly every script names stand open; those whose names would meet others are qualified.

/// The data set to learn from.
type Dataset =
    | Shapes
    | Dsprites
    | Mnist
    | FashionMnist
    | Idx
    | Folder
    | Npz

/// The model family.
type Family =
    | Ae
    | Dae
    | Vae
    | Cvae
    | CapacityVae
    | InfoVae
    | VampVae
    | FlowVae
    | LabelVae
    | Gan

/// The architecture of encoder and decoder.
type Encoder =
    | Dense
    | Conv
    | Resnet

/// The architecture of the decoder.
[<RequireQualifiedAccess>]
type Decoder =
    | Mirror
    | Dense
    | Conv
    | Resnet

/// How convolutions halve the image.
[<RequireQualifiedAccess>]
type Downsampling =
    | Stride
    | Pool

/// Where a convolutional encoder normalises its batches.
[<RequireQualifiedAccess>]
type BatchNorm =
    | None
    | Before
    | After

/// What hidden units pass their sums through.
[<RequireQualifiedAccess>]
type Activation =
    | Relu
    | LeakyRelu
    | Tanh

/// The likelihood of a pixel given the latent code.
type Likelihood =
    | Bernoulli
    | Gaussian
    | Mse
    | GaussianLearned
    | ContinuousBernoulli

/// How a reconstruction's loss is taken over pixels.
[<RequireQualifiedAccess>]
type Reduction =
    | Sum
    | Mean

/// How the KL term is taken over latent dimensions.
[<RequireQualifiedAccess>]
type DivergenceReduction =
    | Sum
    | Mean
    | Pixels

/// What an autoencoder's code passes through.
[<RequireQualifiedAccess>]
type CodeActivation =
    | None
    | Relu

/// What keeps the means of a Gaussian likelihood in bounds.
[<RequireQualifiedAccess>]
type OutputActivation =
    | None
    | Sigmoid

/// What a denoising autoencoder's input suffers.
[<RequireQualifiedAccess>]
type Noise =
    | Gaussian
    | Masking
    | SaltPepper

/// What a denoising autoencoder's training compares its output with.
[<RequireQualifiedAccess>]
type Target =
    | Clean
    | Noisy

/// The kernel of the discrepancy between codes and prior.
[<RequireQualifiedAccess>]
type Kernel =
    | Imq
    | Rbf

/// The distribution of a GAN's noise.
[<RequireQualifiedAccess>]
type NoiseDistribution =
    | Normal
    | Uniform

/// How the step size goes on.
[<RequireQualifiedAccess>]
type Schedule =
    | Constant
    | Cosine

/// The type in which layers compute while they train.
[<RequireQualifiedAccess>]
type Autocast =
    | None
    | Bf16

/// Whose rule the first weights follow.
[<RequireQualifiedAccess>]
type Initialisation =
    | Pytorch
    | Keras
