using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// The variational autoencoder (Kingma and Welling 2014; Rezende et al. 2014) with a weight β on the KL (Higgins et al.
/// 2017): −log p(x|z) + β KL(q(z|x) ‖ N(0, I)).
/// </summary>
public sealed class VariationalFamily : GaussianCodeFamily
{
    /// <summary>Length of the KL warm-up.</summary>
    public static Parameter<double> BetaWarmup { get; } = new(0.0)
    {
        Name = "beta_warmup",
        Section = ParameterSection.Training,
        Description = "epochs over which the weight of the KL grows in a straight line from 0 to beta; 0 for none",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>Length of a cycle of the KL's weight.</summary>
    public static Parameter<double> BetaCycle { get; } = new(0.0)
    {
        Name = "beta_cycle",
        Section = ParameterSection.Training,
        Description = "epochs after which the warm-up of the KL's weight starts again (Fu et al. 2019); 0 for never",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>Nats of each latent dimension that cost nothing.</summary>
    public static Parameter<double> FreeBits { get; } = new(0.0)
    {
        Name = "free_bits",
        Section = ParameterSection.Training,
        Description = "nats of KL that each latent dimension has for free in the loss (Kingma et al. 2016); 0 for none",
        Minimum = 0,
        Maximum = 1e3,
    };

    /// <inheritdoc/>
    public override string Name => "vae";

    /// <inheritdoc/>
    public override string Description => "variational autoencoder: a Gaussian code with the prior N(0, I)";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [BetaWarmup, BetaCycle, FreeBits];

    internal override IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters) =>
        [.. KlObjective.ReadsOfWeight, FreeBits];

    internal override Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting) =>
        new VariationalModel(plan, setting, KlObjective.Of(parameters).Of);
}
