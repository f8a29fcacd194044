using static TorchSharp.torch;

namespace Orchestrator.Core.Extensions;

/// <summary>What a custom regulariser sees of a training batch.</summary>
/// <param name="Images">Pixels from 0 to 1, <c>[batch, channels, height, width]</c>.</param>
/// <param name="Labels">Classes <c>[batch]</c>, int64; null where the data has none.</param>
/// <param name="Mean">Mean of the posterior, or the code itself, <c>[batch, latent]</c>.</param>
/// <param name="LogVariance">Its log variance <c>[batch, latent]</c>; null for a deterministic code.</param>
/// <param name="Codes">A sample of the posterior, <c>[batch, latent]</c>.</param>
/// <param name="Divergence">KL from N(0, I) of each image, <c>[batch]</c>, in nats; null for a deterministic code.</param>
/// <param name="Epoch">Epochs trained so far, with the share of the one under way.</param>
public sealed record LossInput(
    Tensor Images, Tensor? Labels, Tensor Mean, Tensor? LogVariance, Tensor Codes, Tensor? Divergence, double Epoch);
