using Orchestrator.Core.Batches;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// A model with a Gaussian posterior and the prior N(0, I): the plain VAE, and what the other families change one thing of.
/// </summary>
/// <param name="plan">With the parts <c>mean</c> and <c>log_variance</c>.</param>
/// <param name="setting">What it is scored by.</param>
/// <param name="regulariser">What is added to the reconstruction, <c>[batch]</c> or a scalar, in nats.</param>
internal class VariationalModel(ModelPlan plan, AutoencoderSetting setting, Func<EncodedBatch, Tensor> regulariser)
    : Autoencoder(plan, setting)
{
    public override Posterior Encode(Batch batch) => Heads(Part("encoder").call(batch.Images));

    public override Tensor? Divergence(Posterior posterior, Tensor codes) =>
        GaussianDivergence.FromStandardNormal(posterior.Mean, posterior.LogVariance!);

    protected override Tensor? Regulariser(EncodedBatch encoded) => regulariser(encoded);

    /// <summary>The posterior from the encoder's features <c>[batch, features]</c>.</summary>
    protected Posterior Heads(Tensor features) => new(Part("mean").call(features), Part("log_variance").call(features));
}
