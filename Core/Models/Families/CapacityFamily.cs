using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Models.Families;

/// <summary>The β-VAE with a capacity (Burgess et al. 2018): −log p(x|z) + γ |KL − C|, where C grows during training.</summary>
public sealed class CapacityFamily : GaussianCodeFamily
{
    /// <summary>Weight of the distance from the capacity.</summary>
    public static Parameter<double> Gamma { get; } = new(100.0)
    {
        Name = "gamma",
        Section = ParameterSection.Model,
        Description = "weight of the distance between the KL and its capacity (Burgess et al. 2018)",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>The last capacity.</summary>
    public static Parameter<double> Capacity { get; } = new(25.0)
    {
        Name = "capacity",
        Section = ParameterSection.Model,
        Description = "nats per image that the KL is led to",
        Minimum = 0,
        Maximum = 1e4,
    };

    /// <summary>Epochs over which the capacity grows.</summary>
    public static Parameter<double> CapacityEpochs { get; } = new(10.0)
    {
        Name = "capacity_epochs",
        Section = ParameterSection.Training,
        Description = "epochs over which the capacity grows in a straight line from 0; 0 for all of it from the start",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <inheritdoc/>
    public override string Name => "capacity-vae";

    /// <inheritdoc/>
    public override string Description => "β-VAE with a capacity that the KL is led to while it grows";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [Gamma, Capacity, CapacityEpochs];

    internal override IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters) => OwnParameters;

    internal override string Weight(ParameterSet parameters, Likelihood likelihood, LossConvention convention) =>
        FormattableString.Invariant($"γ = {convention.ImpliedBeta(parameters.Get(Gamma)):G6}, capacity {parameters.Get(Capacity):G6} nats");

    internal override Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting)
    {
        var term = new CapacityTerm(parameters.Get(Gamma), parameters.Get(Capacity), parameters.Get(CapacityEpochs));
        return new VariationalModel(
            plan, setting, encoded => term.Of(encoded.Divergence!, encoded.Step.Number(term.At)));
    }
}
