using System.Collections.Immutable;
using Orchestrator.Core.Fused;
using Orchestrator.Core.Layers;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>
/// A Gaussian per pixel with one variance σ² for all, learned with the weights (the σ-VAE of Rybkin, Daniilidis and Levine
/// 2021). The decoder gives the means, or their logits; the layer after it puts log σ beside them.
/// </summary>
internal sealed class LearnedGaussianLikelihood(bool sigmoid = false) : Likelihood
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    public override string Name => "gaussian-learned";

    public override string Description => "Gaussian pixels of one learned variance";

    internal override ImmutableArray<Layer> Layers => [new LogScaleLayer()];

    /// <summary>Σ (x − μ)² / 2σ² + log σ + ½ log 2π.</summary>
    internal override Tensor NegativeLogLikelihood(Tensor parameters, Tensor images)
    {
        var channels = parameters.shape[1] / 2;
        var logScale = parameters.narrow(1, channels, channels);
        var squared = (images - Mean(parameters)).square() * (logScale * -2.0).exp();
        return (squared * 0.5 + logScale + HalfLogTwoPi).flatten(1).sum(1);
    }

    internal override Tensor Mean(Tensor parameters)
    {
        var means = parameters.narrow(1, 0, parameters.shape[1] / 2);
        return sigmoid ? TensorOperations.Current.Sigmoid(means) : means;
    }
}
