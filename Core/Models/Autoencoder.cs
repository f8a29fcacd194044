using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>
/// What all autoencoders share: encode, take a posterior, sample it, decode, score with the likelihood, add a
/// regulariser. A family supplies its posterior and its regulariser; everything else is here, once.
/// </summary>
internal abstract class Autoencoder : Model, IGenerator
{
    private readonly LossConvention _convention;
    private readonly int _samples;

    /// <summary>An autoencoder over a plan with the parts <c>encoder</c> and <c>decoder</c> beside the family's own.</summary>
    protected Autoencoder(ModelPlan plan, AutoencoderSetting setting)
        : base(plan)
    {
        (Likelihood, _convention, Latent, Pixels) = (setting.Likelihood, setting.Convention, setting.Latent, setting.Pixels);
        _samples = setting.Samples;
        Phases = [new TrainingPhase("autoencoder", TermNames(setting.Probabilistic), this, Loss)];
    }

    /// <inheritdoc/>
    public override ImmutableArray<TrainingPhase> Phases { get; }

    /// <summary>p(x|z).</summary>
    public Likelihood Likelihood { get; }

    /// <summary>Dimensions of the code.</summary>
    public int Latent { get; }

    /// <summary>Values of an image.</summary>
    public int Pixels { get; }

    /// <summary>True where <see cref="Corrupt"/> changes the images.</summary>
    public virtual bool Corrupts => false;

    /// <summary>Classes that the model conditions on; 0 where it knows of none.</summary>
    public virtual int Classes => 0;

    /// <inheritdoc/>
    public string DecoderPart => "decoder";

    /// <inheritdoc/>
    public (double Low, double High)? UniformCodes => null;

    /// <summary>True where the code has a prior: the model then has an ELBO and can be sampled.</summary>
    public bool HasPrior => Phases[0].Terms.Contains("kl");

    /// <summary>q(z|x) of a batch.</summary>
    public abstract Posterior Encode(Batch batch);

    /// <summary>
    /// The likelihood's parameters for codes <c>[batch, latent]</c>: <c>[batch, channels, height, width]</c>. The classes
    /// <c>[batch]</c> are for models that condition on them.
    /// </summary>
    public virtual Tensor Decode(Tensor codes, Tensor? labels) => Part("decoder").call(codes);

    /// <summary>Logits of the classes of codes, <c>[batch, classes]</c>; null for a model that tells none.</summary>
    public virtual Tensor? Classify(Tensor codes) => null;

    /// <summary>KL(q(z|x) ‖ p(z)) of each image, <c>[batch]</c>, in nats; null where the code has no prior.</summary>
    public virtual Tensor? Divergence(Posterior posterior, Tensor codes) => null;

    /// <summary>Codes from the prior, given as many draws of a standard normal, <c>[count, latent]</c>.</summary>
    /// <param name="noise">The draws.</param>
    /// <param name="first">Place of the first of them in a longer series, for a prior whose components take turns.</param>
    public virtual Tensor FromNoise(Tensor noise, int first = 0) => noise;

    /// <inheritdoc/>
    public Tensor Generate(ulong seed, int count, Device device, int first = 0)
    {
        var codes = FromNoise(StandardNormal.Sample(seed, count, Latent, device), first);
        // A model that conditions on classes is told them in turns: 0, 1, 2, ... and again.
        var labels = Classes > 0 ? (arange(count, dtype: ScalarType.Int64, device: device) + first).remainder((Scalar)Classes) : null;
        return Expected(codes, labels);
    }

    /// <inheritdoc/>
    public Tensor Expected(Tensor codes, Tensor? labels) => Likelihood.Mean(Decode(codes, labels));

    /// <summary>What the family adds to the loss, <c>[batch]</c> or a scalar, before the convention's scale; null for nothing.</summary>
    protected virtual Tensor? Regulariser(EncodedBatch encoded) => null;

    /// <summary>What the encoder sees of a batch that the model is trained and scored on.</summary>
    public virtual Batch Corrupt(Batch batch) => batch;

    /// <summary>What a reconstruction is compared with: the clean images, unless a family wants what the encoder saw.</summary>
    protected virtual Tensor Target(Batch clean, Batch seen) => clean.Images;

    private TermValues Loss(Batch batch, TrainingStep step)
    {
        var seen = Corrupt(batch);
        var (posterior, target) = (Encode(seen), Target(batch, seen));
        var (codes, reconstruction, divergence) = Score(posterior, batch.Labels, target);
        for (var sample = 1; sample < _samples; sample++)
        {
            var next = Score(posterior, batch.Labels, target);
            (codes, reconstruction, divergence) = (next.Codes, reconstruction + next.Reconstruction, divergence! + next.Divergence!);
        }
        if (_samples > 1)
            (reconstruction, divergence) = (reconstruction / (double)_samples, divergence! / (double)_samples);
        var loss = (reconstruction - Likelihood.OmittedFromLoss(Pixels)) * _convention.ReconstructionScale;
        if (Regulariser(new(batch, posterior, codes, divergence, step)) is { } regulariser)
            loss += regulariser.mean() * _convention.DivergenceScale;
        return divergence is null
            ? new TermValues(loss, [loss, reconstruction])
            : new TermValues(loss, [loss, reconstruction, divergence.mean()]);
    }

    private (Tensor Codes, Tensor Reconstruction, Tensor? Divergence) Score(Posterior posterior, Tensor? labels, Tensor target)
    {
        var codes = posterior.Sample();
        var reconstruction = Likelihood.NegativeLogLikelihood(Decode(codes, labels), target).mean();
        return (codes, reconstruction, Divergence(posterior, codes));
    }

    private static ImmutableArray<string> TermNames(bool probabilistic) =>
        probabilistic ? ["loss", "reconstruction", "kl"] : ["loss", "reconstruction"];
}
