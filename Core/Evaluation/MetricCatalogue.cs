using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Extensions;

namespace Orchestrator.Core.Evaluation;

/// <summary>Every metric that a trial can report.</summary>
public static class MetricCatalogue
{
    private static readonly (string Part, string Images, bool EveryEpoch)[] Evaluated =
    [
        ("val", "validation images", true),
        ("test", "test images, at readings only", false),
    ];

    private static readonly ImmutableArray<MetricDefinition> BuiltIn =
    [
        Training("loss", "the loss's own unit", "what is minimized, in the convention that the model names, KL warm-up included"),
        Training("reconstruction", "nats per image", "−log p(x|z), summed over pixels, of one sample z ~ q(z|x)"),
        Training("kl", "nats per image", "KL(q(z|x) ‖ p(z)), summed over latent dimensions, without β"),
        Training("discriminator_loss", "nats per image", "−log D(x) − log(1 − D(G(z))), the GAN's discriminator against its targets"),
        Training("generator_loss", "nats per image", "−log D(G(z)), the GAN's generator against the discriminator"),
        .. Evaluated.SelectMany(e => Evaluation(e.Part, e.Images, e.EveryEpoch)),
        .. ReadingEvaluator.Measures.Select(measure => measure.Definition),
    ];

    private static readonly ImmutableDictionary<string, MetricDefinition> ByName =
        BuiltIn.ToImmutableDictionary(metric => metric.Name, StringComparer.Ordinal);

    /// <summary>All of them, in the order in which the reference lists them; those that scripts added come last.</summary>
    public static ImmutableArray<MetricDefinition> All =>
        [.. BuiltIn, .. LoadedExtensions.Metrics.Items.Select(metric => metric.Definition)];

    /// <summary>The metric of an id, or null.</summary>
    public static MetricDefinition? Find(string name) =>
        ByName.GetValueOrDefault(name) ?? LoadedExtensions.Metrics.Find(name)?.Item.Definition;

    private static MetricDefinition Training(string quantity, string unit, string meaning) => new(
        $"train/{quantity}", unit, MetricDirection.Minimize,
        $"{meaning}; mean over the training images while the weights were moving", EveryEpoch: true);

    private static IEnumerable<MetricDefinition> Evaluation(string part, string images, bool everyEpoch)
    {
        MetricDefinition Metric(string quantity, string unit, MetricDirection direction, string meaning) =>
            new($"{part}/{quantity}", unit, direction, $"{meaning}; {images}, weights as they are at the end of the epoch", everyEpoch);

        const string Nats = "nats per image";
        yield return Metric("elbo", Nats, MetricDirection.Maximize,
            "evidence lower bound at β = 1, whatever the loss: −(reconstruction + kl), one sample z ~ q(z|x) per image");
        yield return Metric("reconstruction", Nats, MetricDirection.Minimize,
            "−log p(x|z), summed over pixels, of one sample z ~ q(z|x) (of the code itself where it is deterministic); a denoising autoencoder sees x with its noise, and is compared with x without");
        yield return Metric("kl", Nats, MetricDirection.Minimize,
            "KL(q(z|x) ‖ p(z)), summed over latent dimensions: in closed form for the prior N(0, I), from the sampled code for a learnt prior");
        yield return Metric("mse", "squared error per pixel", MetricDirection.Minimize,
            "mean of (x − E[x|z])², pixels from 0 to 1, of one sample z ~ q(z|x) (of the code itself where it is deterministic); a denoising autoencoder sees x with its noise");
        yield return Metric("reconstruction_clean_input", Nats, MetricDirection.Minimize,
            "−log p(x|z), summed over pixels, of the code of the image without noise; denoising autoencoders only");
        yield return Metric("mse_clean_input", "squared error per pixel", MetricDirection.Minimize,
            "mean of (x − E[x|z])² of the code of the image without noise; denoising autoencoders only");
        yield return Metric("active_units", "latent dimensions", MetricDirection.Neutral,
            "dimensions whose posterior mean has a variance over the images above 0.01 (Burda et al. 2016)");
    }
}
