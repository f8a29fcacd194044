namespace Orchestrator.Experiments.Scripting

/// The data set to learn from.
type Dataset =
    | Mnist
    | FashionMnist
    | Dsprites
    | Shapes

/// The model family.
type Family =
    | Ae
    | Vae

/// The architecture of encoder and decoder.
type Encoder =
    | Dense
    | Conv

/// The likelihood of a pixel given the latent code.
type Likelihood =
    | Bernoulli
    | Gaussian
