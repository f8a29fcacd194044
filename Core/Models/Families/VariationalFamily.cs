using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models.Layers;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// The variational autoencoder (Kingma and Welling 2014; Rezende et al. 2014) with a weight β on the KL (Higgins et al.
/// 2017): −log p(x|z) + β KL(q(z|x) ‖ N(0, I)).
/// </summary>
public sealed class VariationalFamily : ModelFamily
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

    /// <inheritdoc/>
    public override string Name => "vae";

    /// <inheritdoc/>
    public override string Description => "variational autoencoder: a Gaussian code with the prior N(0, I)";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [BetaWarmup];

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
    [
        Parameters.Encoder, .. NetworkCatalogue.Of(parameters).Reads(parameters),
        Parameters.Latent, .. Likelihood.Reads(parameters),
        Parameters.Beta, BetaWarmup, Parameters.Reduction, Parameters.DivergenceReduction,
    ];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data) =>
        NetworkCatalogue.Of(parameters).Check(parameters, data.Image);

    internal override ModelPlan Plan(ParameterSet parameters, DataShape data)
    {
        var likelihood = Likelihood.Of(parameters);
        var convention = LossConvention.Of(parameters, data.Image.Pixels, parameters.Get(Parameters.Latent));
        return CodePlan.Create(
            parameters, data,
            $"{Description}; {likelihood.Description}, {convention.Describe(parameters.Get(Parameters.Beta), likelihood)}",
            (features, latent) =>
            [
                new ModelPart("mean", "encoder", [features], [new LinearLayer(features, latent)]),
                new ModelPart("log_variance", "encoder", [features], [new LinearLayer(features, latent)]),
            ]);
    }

    internal override Model Build(ParameterSet parameters, DataShape data) => new Variational(
        Plan(parameters, data),
        AutoencoderSetting.Of(parameters, data, probabilistic: true),
        new KlWarmup(parameters.Get(Parameters.Beta), parameters.Get(BetaWarmup)));

    private sealed class Variational(ModelPlan plan, AutoencoderSetting setting, KlWarmup beta) : Autoencoder(plan, setting)
    {
        public override Posterior Encode(Batch batch)
        {
            var features = Part("encoder").call(batch.Images);
            return new(Part("mean").call(features), Part("log_variance").call(features));
        }

        public override Tensor? Divergence(Posterior posterior, Tensor codes) =>
            GaussianDivergence.FromStandardNormal(posterior.Mean, posterior.LogVariance!);

        protected override Tensor? Regulariser(EncodedBatch encoded) =>
            encoded.Divergence! * beta.At(encoded.Step.Index, encoded.Step.PerEpoch);
    }
}
