using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// The variational autoencoder (Kingma and Welling 2014; Rezende et al. 2014) with a weight β on the KL (Higgins et al.
/// 2017): −log p(x|z) + β KL(q(z|x) ‖ N(0, I)).
/// </summary>
public sealed class VariationalFamily : GaussianCodeFamily
{
    /// <inheritdoc/>
    public override string Name => "vae";

    /// <inheritdoc/>
    public override string Description => "variational autoencoder: a Gaussian code with the prior N(0, I)";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [ObjectiveParameters.BetaWarmup, ObjectiveParameters.BetaCycle, ObjectiveParameters.FreeBits];

    internal override IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters) =>
        [.. KlObjective.ReadsOfWeight, ObjectiveParameters.FreeBits];

    internal override Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting) =>
        new VariationalModel(plan, setting, KlObjective.Of(parameters).Of);
}
