using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using static TorchSharp.torch;

namespace Orchestrator.Core.Extensions;

/// <summary>What a custom metric sees of a model. The tensors lie on the training device and live as long as the call.</summary>
/// <param name="Parameters">The configuration.</param>
/// <param name="Shape">The shape of an image.</param>
/// <param name="Images">Pixels from 0 to 1, <c>[count, channels, height, width]</c>.</param>
/// <param name="Labels">Classes <c>[count]</c>, int64; null where the data has none.</param>
/// <param name="Mean">Mean of the posterior, or the code itself, <c>[count, latent]</c>.</param>
/// <param name="LogVariance">Its log variance <c>[count, latent]</c>; null for a deterministic code.</param>
/// <param name="Reconstructions">Expected pixels at the mean, of the images' shape.</param>
/// <param name="Decode">Expected pixels of codes <c>[batch, latent]</c>; classes <c>[batch]</c> for a model that conditions on them, else null.</param>
public sealed record MetricInput(
    ParameterSet Parameters,
    ImageShape Shape,
    Tensor Images,
    Tensor? Labels,
    Tensor Mean,
    Tensor? LogVariance,
    Tensor Reconstructions,
    Func<Tensor, Tensor?, Tensor> Decode);
