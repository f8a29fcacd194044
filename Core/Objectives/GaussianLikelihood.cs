using Orchestrator.Core.Fused;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>
/// A Gaussian per pixel with one fixed variance σ²; the decoder gives the means, or their logits where they are kept
/// between 0 and 1 by a sigmoid.
/// </summary>
internal class GaussianLikelihood(double variance, bool sigmoid = false) : Likelihood
{
    public override string Name => "gaussian";

    public override string Description => FormattableString.Invariant($"Gaussian pixels of variance {variance:G6}");

    internal override double? BetaAgainstUnitVariance => variance;

    /// <summary>Σ (x − μ)² / 2σ² + ½ log 2πσ².</summary>
    internal sealed override Tensor NegativeLogLikelihood(Tensor parameters, Tensor images) =>
        (images - Mean(parameters)).square().flatten(1).sum(1) * (0.5 / variance) + Constant(images[0].numel());

    internal override Tensor Mean(Tensor parameters) => sigmoid ? TensorOperations.Current.Sigmoid(parameters) : parameters;

    /// <summary>½ log 2πσ² for each pixel, in nats per image.</summary>
    protected double Constant(long pixels) => 0.5 * pixels * Math.Log(2 * Math.PI * variance);
}
