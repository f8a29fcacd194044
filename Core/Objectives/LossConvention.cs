using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Objectives;

/// <summary>
/// How sums over pixels and latent dimensions enter the training loss. Programs disagree here, and each convention is a
/// different β: this is the one place that turns them into it. Figures that are reported never follow the convention.
/// </summary>
/// <param name="ReconstructionScale">Factor on the reconstruction in nats per image.</param>
/// <param name="DivergenceScale">Factor on the KL in nats per image, before β.</param>
internal sealed record LossConvention(double ReconstructionScale, double DivergenceScale)
{
    /// <summary>The convention that a configuration names.</summary>
    public static LossConvention Of(ParameterSet parameters, int pixels, int latent) => new(
        parameters.Get(ObjectiveParameters.Reduction) == "mean" ? 1.0 / pixels : 1.0,
        parameters.Get(ObjectiveParameters.DivergenceReduction) switch
        {
            "mean" => 1.0 / latent,
            "pixels" => 1.0 / pixels,
            _ => 1.0,
        });

    /// <summary>The β of the same objective written as reconstruction + β·KL, both in nats per image.</summary>
    public double ImpliedBeta(double beta) => beta * DivergenceScale / ReconstructionScale;

    /// <summary>The implied β in words, with the one against a unit-variance Gaussian where that differs.</summary>
    public string Describe(double beta, Likelihood likelihood)
    {
        var implied = ImpliedBeta(beta);
        var unit = likelihood.BetaAgainstUnitVariance is { } factor && factor != 1.0
            ? FormattableString.Invariant($" ({implied * factor:G6} against a Gaussian of variance 1)")
            : "";
        return FormattableString.Invariant($"implied β = {implied:G6}{unit}");
    }
}
