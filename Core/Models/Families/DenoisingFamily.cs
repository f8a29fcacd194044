using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>The denoising autoencoder (Vincent et al. 2008): a noisy input, the clean image as the target.</summary>
public sealed class DenoisingFamily : AutoencoderFamily
{
    /// <summary>The kind of noise.</summary>
    public static Parameter<string> Noise { get; } = new("gaussian")
    {
        Name = "noise",
        Section = ParameterSection.Model,
        Description = "noise on a denoising autoencoder's input: gaussian (added, then clipped to 0..1) or masking (pixels set to 0)",
        Choices = ["gaussian", "masking"],
    };

    /// <summary>The strength of the noise.</summary>
    public static Parameter<double> NoiseLevel { get; } = new(0.5)
    {
        Name = "noise_level",
        Section = ParameterSection.Model,
        Description = "standard deviation of the gaussian noise, or the chance that a pixel is masked",
        Minimum = 0,
        Maximum = 1,
    };

    /// <inheritdoc/>
    public override string Name => "dae";

    /// <inheritdoc/>
    public override string Description => "denoising autoencoder: a noisy input, the clean image as target";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [Noise, NoiseLevel];

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
        [.. base.Reads(parameters), Noise, NoiseLevel];

    internal override Model Build(ParameterSet parameters, DataShape data) => new Denoising(
        Plan(parameters, data),
        AutoencoderSetting.Of(parameters, data, probabilistic: false),
        parameters.Get(Noise) == "masking",
        parameters.Get(NoiseLevel));

    private sealed class Denoising(ModelPlan plan, AutoencoderSetting setting, bool masking, double level)
        : Deterministic(plan, setting)
    {
        protected override Batch Corrupt(Batch batch) => batch with { Images = Noisy(batch.Images) };

        private Tensor Noisy(Tensor images) => masking
            ? images * rand_like(images).ge((Scalar)level).to(images.dtype)
            : (images + randn_like(images) * level).clamp(0.0, 1.0);
    }
}
