using static TorchSharp.torch;

namespace Orchestrator.Core.Extensions;

/// <summary>The two halves of a custom model.</summary>
/// <param name="Encoder">
/// From pixels from 0 to 1, <c>[batch, channels, height, width]</c>, to mean and log variance side by side,
/// <c>[batch, 2 · latent]</c>; of a deterministic model to the code, <c>[batch, latent]</c>.
/// </param>
/// <param name="Decoder">
/// From codes <c>[batch, latent]</c> to the likelihood's parameter of each pixel, <c>[batch, channels, height, width]</c>,
/// before any squashing: logits under the Bernoulli likelihood, means under a Gaussian.
/// </param>
public sealed record CustomModules(nn.Module<Tensor, Tensor> Encoder, nn.Module<Tensor, Tensor> Decoder);
