namespace Orchestrator.Core.Objectives;

/// <summary>
/// The squared error: −log p of a Gaussian of variance ½, whose constant the loss leaves out, so that the loss is Σ (x − μ)²
/// (or, averaged, the mean squared error) while the figures in nats stay those of a density.
/// </summary>
internal sealed class SquaredErrorLikelihood(bool sigmoid = false) : GaussianLikelihood(0.5, sigmoid)
{
    public override string Name => "mse";

    public override string Description => "squared error (Gaussian pixels of variance 1/2)";

    internal override double OmittedFromLoss(int pixels) => Constant(pixels);
}
