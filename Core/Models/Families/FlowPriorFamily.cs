using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Layers;
using Orchestrator.Core.Models.Priors;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// A VAE whose prior is a flow: N(0, I) bent by learned coupling layers (RealNVP: Dinh et al. 2017; as a prior: Huang et al.
/// 2017). Its KL is an estimate from the sampled code.
/// </summary>
public sealed class FlowPriorFamily : GaussianCodeFamily
{
    /// <summary>Coupling layers.</summary>
    public static Parameter<int> Layers { get; } = new(4)
    {
        Name = "flow_layers",
        Section = ParameterSection.Model,
        Description = "coupling layers of a flow prior",
        Minimum = 1,
        Maximum = 64,
    };

    /// <summary>Units of a coupling layer's network.</summary>
    public static Parameter<int> Width { get; } = new(64)
    {
        Name = "flow_width",
        Section = ParameterSection.Model,
        Description = "hidden units of each coupling layer of a flow prior",
        Minimum = 1,
        Maximum = 4096,
    };

    /// <inheritdoc/>
    public override string Name => "flow-vae";

    /// <inheritdoc/>
    public override string Description => "VAE with a flow prior: N(0, I) bent by learned coupling layers (RealNVP)";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [Layers, Width];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data)
    {
        foreach (var problem in base.Check(parameters, data))
            yield return problem;
        if (parameters.Get(ModelParameters.Latent) < 2)
        {
            yield return new Problem(
                ModelParameters.Latent.Name,
                "A flow prior couples latent dimensions with each other, and there is only one.",
                "Choose at least 2, or the family 'vae'.");
        }
    }

    internal override IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters) =>
        [.. KlObjective.ReadsOfWeight, Layers, Width];

    internal override ImmutableArray<ModelPart> Additions(ParameterSet parameters, DataShape data)
    {
        var (latent, width) = (parameters.Get(ModelParameters.Latent), parameters.Get(Width));
        return
        [
            .. Enumerable.Range(0, parameters.Get(Layers)).Select(layer => new ModelPart(
                Coupling(layer), "prior", [latent],
                [new LinearLayer(latent, width), new ReluLayer(), new LinearLayer(width, 2L * latent)])),
        ];
    }

    internal override Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting) =>
        new FlowPrior(plan, setting, KlObjective.Of(parameters, freeBits: false), parameters.Get(Layers));

    private static string Coupling(int layer) => FormattableString.Invariant($"coupling_{layer}");

    private sealed class FlowPrior : VariationalModel
    {
        private readonly CouplingFlow _flow;

        public FlowPrior(ModelPlan plan, AutoencoderSetting setting, KlObjective objective, int layers)
            : base(plan, setting, objective.Of) =>
            _flow = new CouplingFlow([.. Enumerable.Range(0, layers).Select(layer => Part(Coupling(layer)))]);

        public override Tensor? Divergence(Posterior posterior, Tensor codes) =>
            GaussianDensity.Log(codes, posterior.Mean, posterior.LogVariance!) - _flow.LogDensity(codes);

        public override Tensor FromNoise(Tensor noise, int first = 0) => _flow.FromNoise(noise);
    }
}
