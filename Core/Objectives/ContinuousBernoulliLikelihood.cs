using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>
/// The continuous Bernoulli distribution per pixel, from logits (Loaiza-Ganem and Cunningham 2019): the Bernoulli score of
/// grey pixels, made a density by its constant C(λ). In logits l = 2u the density is e^{l (x − ½)} u / sinh(u), so that
/// −log p = −l (x − ½) + log(sinh(u)/u), which has no pole at λ = ½.
/// </summary>
internal sealed class ContinuousBernoulliLikelihood : Likelihood
{
    // Below this |u| the series is exact to float32, above it the logarithm's cancellation is harmless.
    private const double Small = 0.5;

    public override string Name => "continuous-bernoulli";

    public override string Description => "continuous Bernoulli pixels";

    internal override Tensor NegativeLogLikelihood(Tensor parameters, Tensor images) =>
        (LogNormaliser(parameters * 0.5) - parameters * (images - 0.5)).flatten(1).sum(1);

    /// <summary>½ + ½ (coth u − 1/u).</summary>
    internal override Tensor Mean(Tensor parameters)
    {
        var u = parameters * 0.5;
        var isSmall = u.abs().lt((TorchSharp.Scalar)Small);
        var near = u.masked_fill(isSmall.logical_not(), 0.0);
        var far = u.masked_fill(isSmall, 1.0);
        var square = near.square();
        var series = near * (1.0 / 3 + square * (-1.0 / 45 + square * (2.0 / 945 + square * (-1.0 / 4725))));
        return where(isSmall, series, far.tanh().reciprocal() - far.reciprocal()) * 0.5 + 0.5;
    }

    /// <summary>log(sinh(u)/u), even and without a pole.</summary>
    private static Tensor LogNormaliser(Tensor u)
    {
        var isSmall = u.abs().lt((TorchSharp.Scalar)Small);
        // Each branch sees only values that it can take: a NaN in the branch not chosen would spoil the gradient.
        var square = u.masked_fill(isSmall.logical_not(), 0.0).square();
        var far = u.masked_fill(isSmall, 1.0).abs();
        var series = square * (1.0 / 6 + square * (-1.0 / 180 + square * (1.0 / 2835 + square * (-1.0 / 37800))));
        var direct = far + (-(far * -2.0).exp()).log1p() - (far * 2.0).log();
        return where(isSmall, series, direct);
    }
}
