using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Layers;
using Orchestrator.Core.Models.Networks;

namespace Orchestrator.Core.Models.Families;

/// <summary>The generative adversarial network (Goodfellow et al. 2014), with the generator's non-saturating loss.</summary>
public sealed class AdversarialFamily : ModelFamily
{
    /// <summary>The distribution of the noise.</summary>
    public static Parameter<string> Prior { get; } = new("normal")
    {
        Name = "noise_distribution",
        Section = ParameterSection.Model,
        Description = "distribution of a GAN's noise: normal (standard) or uniform (from noise_low to noise_high)",
        Choices = ["normal", "uniform"],
    };

    /// <summary>The uniform noise's lower end.</summary>
    public static Parameter<double> Low { get; } = new(-1.0)
    {
        Name = "noise_low",
        Section = ParameterSection.Model,
        Description = "lower end of a GAN's uniform noise",
        Minimum = -1e3,
        Maximum = 1e3,
    };

    /// <summary>The uniform noise's upper end.</summary>
    public static Parameter<double> High { get; } = new(1.0)
    {
        Name = "noise_high",
        Section = ParameterSection.Model,
        Description = "upper end of a GAN's uniform noise",
        Minimum = -1e3,
        Maximum = 1e3,
    };

    /// <summary>Whether the networks work on pixels around zero.</summary>
    public static Parameter<bool> CentredPixels { get; } = new(false)
    {
        Name = "centred_pixels",
        Section = ParameterSection.Model,
        Description = "whether a GAN works on pixels from -1 to 1 (its generator ends in tanh) in place of 0 to 1 (in a sigmoid)",
    };

    /// <summary>How sure the discriminator may be of real images.</summary>
    public static Parameter<double> LabelSmoothing { get; } = new(0.0)
    {
        Name = "label_smoothing",
        Section = ParameterSection.Training,
        Description = "what a GAN's discriminator's target for real images lacks of 1 (Salimans et al. 2016); 0 for none",
        Minimum = 0,
        Maximum = 0.5,
    };

    /// <inheritdoc/>
    public override string Name => "gan";

    /// <inheritdoc/>
    public override string Description => "generative adversarial network: a generator of images against a discriminator";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [Prior, Low, High, CentredPixels, LabelSmoothing];

    internal override bool HasCodes => false;

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
    [
        .. NetworkCatalogue.Reads(parameters), ModelParameters.Latent, Prior,
        .. IsUniform(parameters) ? [Low, High] : Array.Empty<ParameterDefinition>(),
        CentredPixels, LabelSmoothing,
    ];

    internal override ImmutableArray<string> TrainingTerms => ["discriminator_loss", "generator_loss"];

    internal override ImmutableArray<string> EvaluatedQuantities => [];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data)
    {
        foreach (var problem in NetworkCatalogue.Check(parameters, data.Image))
            yield return problem;
        if (IsUniform(parameters) && parameters.Get(Low) >= parameters.Get(High))
        {
            yield return new Problem(
                High.Name,
                FormattableString.Invariant($"Uniform noise from {parameters.Get(Low):G6} to {parameters.Get(High):G6} is no interval."),
                FormattableString.Invariant($"Choose more than {parameters.Get(Low):G6}."));
        }
    }

    internal override ModelPlan Plan(ParameterSet parameters, DataShape data)
    {
        var (image, latent, encoder) = (data.Image, parameters.Get(ModelParameters.Latent), NetworkCatalogue.Of(parameters));
        var generator = new ModelPart(
            "generator", "generator", [latent], NetworkCatalogue.OfDecoder(parameters).Decoder(parameters.With(ModelParameters.Dropout, 0.0), latent, image));
        var eyes = new ModelPart(
            "discriminator", "discriminator", [image.Channels, image.Height, image.Width], encoder.Features(parameters, image));
        ImmutableArray<Layer> layers = [.. eyes.Layers, .. DenseChain.Of(eyes.Output[0], encoder.Dense(parameters), HiddenUnits.Of(parameters))];
        var verdict = new LinearLayer((eyes with { Layers = layers }).Output[0], 1);
        var noise = IsUniform(parameters)
            ? FormattableString.Invariant($"uniform noise from {parameters.Get(Low):G6} to {parameters.Get(High):G6}")
            : "normal noise";
        return new ModelPlan($"{Description}; {noise}", [generator, eyes with { Layers = [.. layers, verdict] }]);
    }

    internal override Model Build(ParameterSet parameters, DataShape data) => new AdversarialModel(
        Plan(parameters, data),
        parameters.Get(ModelParameters.Latent),
        IsUniform(parameters) ? (parameters.Get(Low), parameters.Get(High)) : null,
        parameters.Get(CentredPixels),
        parameters.Get(LabelSmoothing));

    private static bool IsUniform(ParameterSet parameters) => parameters.Get(Prior) == "uniform";
}
