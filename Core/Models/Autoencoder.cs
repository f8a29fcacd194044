using System.Collections.Immutable;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>
/// What all autoencoders share: encode, take a posterior, sample it, decode, score with the likelihood, add a
/// regulariser. A family supplies its posterior and its regulariser; everything else is here, once.
/// </summary>
internal abstract class Autoencoder : Model
{
    private readonly LossConvention _convention;

    /// <summary>An autoencoder over a plan with the parts <c>encoder</c> and <c>decoder</c> beside the family's own.</summary>
    protected Autoencoder(ModelPlan plan, AutoencoderSetting setting)
        : base(plan)
    {
        (Likelihood, _convention, Latent, Pixels) = (setting.Likelihood, setting.Convention, setting.Latent, setting.Pixels);
        Phases = [new TrainingPhase("autoencoder", TermNames(setting.Probabilistic), [.. parameters()], Loss)];
    }

    /// <inheritdoc/>
    public override ImmutableArray<TrainingPhase> Phases { get; }

    /// <summary>p(x|z).</summary>
    public Likelihood Likelihood { get; }

    /// <summary>Dimensions of the code.</summary>
    public int Latent { get; }

    /// <summary>Values of an image.</summary>
    public int Pixels { get; }

    /// <summary>True where the code has a prior: the model then has an ELBO and can be sampled.</summary>
    public bool HasPrior => Phases[0].Terms.Contains("kl");

    /// <summary>q(z|x) of a batch.</summary>
    public abstract Posterior Encode(Batch batch);

    /// <summary>
    /// The likelihood's parameters for codes <c>[batch, latent]</c>: <c>[batch, channels, height, width]</c>. The classes
    /// <c>[batch]</c> are for models that condition on them.
    /// </summary>
    public virtual Tensor Decode(Tensor codes, Tensor? labels) => Part("decoder").call(codes);

    /// <summary>KL(q(z|x) ‖ p(z)) of each image, <c>[batch]</c>, in nats; null where the code has no prior.</summary>
    public virtual Tensor? Divergence(Posterior posterior, Tensor codes) => null;

    /// <summary>What the family adds to the loss, <c>[batch]</c> or a scalar, before the convention's scale; null for nothing.</summary>
    protected virtual Tensor? Regulariser(EncodedBatch encoded) => null;

    /// <summary>What the encoder sees of a training batch; the target stays the batch itself.</summary>
    protected virtual Batch Corrupt(Batch batch) => batch;

    private TermValues Loss(Batch batch, TrainingStep step)
    {
        var posterior = Encode(Corrupt(batch));
        var codes = posterior.Sample();
        var reconstruction = Likelihood.NegativeLogLikelihood(Decode(codes, batch.Labels), batch.Images).mean();
        var divergence = Divergence(posterior, codes);
        var loss = (reconstruction - Likelihood.OmittedFromLoss(Pixels)) * _convention.ReconstructionScale;
        if (Regulariser(new(batch, posterior, codes, divergence, step)) is { } regulariser)
            loss += regulariser.mean() * _convention.DivergenceScale;
        return divergence is null
            ? new TermValues(loss, [loss, reconstruction])
            : new TermValues(loss, [loss, reconstruction, divergence.mean()]);
    }

    private static ImmutableArray<string> TermNames(bool probabilistic) =>
        probabilistic ? ["loss", "reconstruction", "kl"] : ["loss", "reconstruction"];
}
