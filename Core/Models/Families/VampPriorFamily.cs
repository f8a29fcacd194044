using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Layers;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// A VAE with the VampPrior (Tomczak and Welling 2018, equation 9): p(z) = 1/K Σ q(z|u_k), the mean of the posteriors of K
/// learned pseudo-inputs. Its KL is an estimate from the sampled code.
/// </summary>
public sealed class VampPriorFamily : GaussianCodeFamily
{
    private const double FirstMean = 0.05;
    private const double FirstDeviation = 0.01;

    /// <summary>Pseudo-inputs.</summary>
    public static Parameter<int> PseudoInputs { get; } = new(500)
    {
        Name = "pseudo_inputs",
        Section = ParameterSection.Model,
        Description = "learned pseudo-inputs whose posteriors make up the VampPrior",
        Minimum = 1,
        Maximum = 10_000,
    };

    /// <inheritdoc/>
    public override string Name => "vamp-vae";

    /// <inheritdoc/>
    public override string Description => "VAE with the VampPrior: the mean of the posteriors of learned pseudo-inputs";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [PseudoInputs];

    internal override IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters) =>
        [.. KlObjective.ReadsOfWeight, PseudoInputs];

    internal override ImmutableArray<ModelPart> Additions(ParameterSet parameters, DataShape data) =>
        [new("pseudo_inputs", "prior", [], [new TableLayer(parameters.Get(PseudoInputs), data.Image.Pixels, FirstMean, FirstDeviation)])];

    internal override Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting) =>
        new Vamp(plan, setting, KlObjective.Of(parameters, freeBits: false), parameters.Get(PseudoInputs), data.Image);

    private sealed class Vamp(ModelPlan plan, AutoencoderSetting setting, KlObjective objective, int count, ImageShape image)
        : VariationalModel(plan, setting, objective.Of)
    {
        public override Tensor? Divergence(Posterior posterior, Tensor codes) =>
            GaussianDensity.Log(codes, posterior.Mean, posterior.LogVariance!) - LogPrior(codes);

        /// <summary>The posterior of one pseudo-input after the other, each as often as any other.</summary>
        public override Tensor FromNoise(Tensor noise, int first = 0)
        {
            var turns = (arange(noise.shape[0], dtype: ScalarType.Int64, device: noise.device) + first).remainder((TorchSharp.Scalar)count);
            var chosen = Components(turns);
            return chosen.Mean + (chosen.LogVariance! * 0.5).exp() * noise;
        }

        private Tensor LogPrior(Tensor codes)
        {
            var components = Components(arange(count, dtype: ScalarType.Int64, device: codes.device));
            var each = GaussianDensity.Log(codes.unsqueeze(1), components.Mean.unsqueeze(0), components.LogVariance!.unsqueeze(0));
            return each.logsumexp(1) - Math.Log(count);
        }

        private Posterior Components(Tensor places)
        {
            var pixels = Part("pseudo_inputs").call(places).clamp(0.0, 1.0);
            return Encode(new Batch(pixels.view(-1, image.Channels, image.Height, image.Width), null, (int)places.shape[0]));
        }
    }
}
