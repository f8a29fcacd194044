using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>The KL of a training batch with its weight, as it enters the loss.</summary>
/// <param name="Beta">The weight over training.</param>
/// <param name="FreeBits">
/// Nats λ that each latent dimension has for free: Σ max(λ, KL of the dimension, mean over the batch), whose gradient is none
/// where a dimension has not used them up (Kingma et al. 2016, equation 15). 0 for the plain KL. Only for the prior N(0, I).
/// </param>
internal sealed record KlObjective(KlWarmup Beta, double FreeBits)
{
    /// <summary>The parameters of the weight.</summary>
    public static ImmutableArray<ParameterDefinition> ReadsOfWeight { get; } =
        [ObjectiveParameters.Beta, ObjectiveParameters.BetaWarmup, ObjectiveParameters.BetaCycle];

    /// <summary>The objective that a configuration names.</summary>
    /// <param name="parameters">A checked configuration.</param>
    /// <param name="freeBits">False where the family does not know free bits.</param>
    public static KlObjective Of(ParameterSet parameters, bool freeBits = true) => new(
        new KlWarmup(
            parameters.Get(ObjectiveParameters.Beta), parameters.Get(ObjectiveParameters.BetaWarmup), parameters.Get(ObjectiveParameters.BetaCycle)),
        freeBits ? parameters.Get(ObjectiveParameters.FreeBits) : 0);

    /// <summary>A warm-up that never ends within its cycle.</summary>
    public static IEnumerable<Problem> Check(ParameterSet parameters, IEnumerable<ParameterDefinition> reads)
    {
        if (!reads.Contains(ObjectiveParameters.BetaCycle))
            yield break;
        var (warmup, cycle) = (parameters.Get(ObjectiveParameters.BetaWarmup), parameters.Get(ObjectiveParameters.BetaCycle));
        if (cycle > 0 && (warmup > cycle || warmup == 0))
        {
            yield return new Problem(
                ObjectiveParameters.BetaWarmup.Name,
                FormattableString.Invariant($"A warm-up of {warmup:G6} epochs does not fit a cycle of {cycle:G6}."),
                FormattableString.Invariant($"Choose more than 0 and at most {cycle:G6}, or a beta_cycle of 0."));
        }
    }

    /// <summary>The weighted KL, <c>[batch]</c> or a scalar, in nats.</summary>
    public Tensor Of(EncodedBatch encoded) =>
        (FreeBits > 0 ? Floored(encoded) : encoded.Divergence!) * encoded.Step.Number(Beta.At);

    private Tensor Floored(EncodedBatch encoded) =>
        GaussianDivergence.PerDimension(encoded.Posterior.Mean, encoded.Posterior.LogVariance!)
            .mean([0L]).clamp_min(FreeBits).sum();
}
