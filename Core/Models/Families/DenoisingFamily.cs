using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>The denoising autoencoder (Vincent et al. 2008): a noisy input, by default the clean image as the target.</summary>
public sealed class DenoisingFamily : AutoencoderFamily
{
    /// <summary>The kind of noise.</summary>
    public static Parameter<string> Noise { get; } = new("gaussian")
    {
        Name = "noise",
        Section = ParameterSection.Model,
        Description = "noise on a denoising autoencoder's input: gaussian (added, then clipped to 0..1), masking (pixels set to 0) or salt-pepper (pixels set to 0 or 1)",
        Choices = ["gaussian", "masking", "salt-pepper"],
    };

    /// <summary>The strength of the noise.</summary>
    public static Parameter<double> NoiseLevel { get; } = new(0.5)
    {
        Name = "noise_level",
        Section = ParameterSection.Model,
        Description = "standard deviation of the gaussian noise, or the chance that a pixel is masked or set",
        Minimum = 0,
        Maximum = 1,
    };

    /// <summary>What the reconstruction is compared with.</summary>
    public static Parameter<string> Target { get; } = new("clean")
    {
        Name = "target",
        Section = ParameterSection.Model,
        Description = "what a denoising autoencoder's training compares its output with: the clean image, or the noisy one that it saw",
        Choices = ["clean", "noisy"],
    };

    /// <inheritdoc/>
    public override string Name => "dae";

    /// <inheritdoc/>
    public override string Description => "denoising autoencoder: a noisy input, by default the clean image as target";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [Noise, NoiseLevel, Target];

    internal override ImmutableArray<string> EvaluatedQuantities =>
        [.. base.EvaluatedQuantities, "reconstruction_clean_input", "mse_clean_input"];

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
        [.. base.Reads(parameters), Noise, NoiseLevel, Target];

    internal override Model Build(ParameterSet parameters, DataShape data) => new Denoising(
        Plan(parameters, data),
        AutoencoderSetting.Of(parameters, data, probabilistic: false),
        parameters.Get(Noise), parameters.Get(NoiseLevel), parameters.Get(Target) == "noisy");

    private sealed class Denoising(ModelPlan plan, AutoencoderSetting setting, string noise, double level, bool aimsAtNoise)
        : Deterministic(plan, setting)
    {
        public override bool Corrupts => true;

        public override Batch Corrupt(Batch batch) => batch with { Images = Noisy(batch.Images) };

        protected override Tensor Target(Batch clean, Batch seen) => aimsAtNoise ? seen.Images : clean.Images;

        private Tensor Noisy(Tensor images) => noise switch
        {
            "masking" => images * rand_like(images).ge((Scalar)level).to(images.dtype),
            "salt-pepper" => where(
                rand_like(images).lt((Scalar)level), rand_like(images).lt((Scalar)0.5).to(images.dtype), images),
            _ => (images + randn_like(images) * level).clamp(0.0, 1.0),
        };
    }
}
