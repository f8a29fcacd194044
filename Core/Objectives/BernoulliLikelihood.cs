using Orchestrator.Core.Fused;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>
/// A Bernoulli distribution per pixel, from logits. On grey pixels it is a score, not a likelihood: it cannot fall below
/// the pixels' own entropy.
/// </summary>
internal sealed class BernoulliLikelihood : Likelihood
{
    public override string Name => "bernoulli";

    public override string Description => "Bernoulli pixels";

    /// <summary>Σ softplus(l) − l·x, which neither overflows nor loses the gradient of a saturated pixel.</summary>
    internal override Tensor NegativeLogLikelihood(Tensor parameters, Tensor images) =>
        TensorOperations.Current.BernoulliNegativeLogLikelihood(parameters, images);

    internal override Tensor Mean(Tensor parameters) => TensorOperations.Current.Sigmoid(parameters);
}
