using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Fused;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// A generator and a discriminator with an optimizer each. In every step the discriminator moves first, on a batch of real
/// images and as many generated ones, then the generator, on new noise.
/// </summary>
internal sealed class AdversarialModel : Model, IGenerator
{
    private readonly bool _centred;
    private readonly double _real;

    /// <param name="plan">With the parts <c>generator</c> and <c>discriminator</c>.</param>
    /// <param name="latent">Dimensions of the noise.</param>
    /// <param name="uniform">The noise's interval; null for a standard normal.</param>
    /// <param name="centred">Whether the discriminator sees pixels from −1 to 1.</param>
    /// <param name="smoothing">What the discriminator's target for real images lacks of 1.</param>
    public AdversarialModel(ModelPlan plan, int latent, (double Low, double High)? uniform, bool centred, double smoothing)
        : base(plan)
    {
        (Latent, UniformCodes, _centred, _real) = (latent, uniform, centred, 1 - smoothing);
        Phases =
        [
            new TrainingPhase("discriminator", ["discriminator_loss"], Part("discriminator"), DiscriminatorLoss),
            new TrainingPhase("generator", ["generator_loss"], Part("generator"), GeneratorLoss, IsPartial: true),
        ];
    }

    /// <inheritdoc/>
    public override ImmutableArray<TrainingPhase> Phases { get; }

    /// <inheritdoc/>
    public string DecoderPart => "generator";

    /// <inheritdoc/>
    public int Latent { get; }

    /// <inheritdoc/>
    public int Classes => 0;

    /// <inheritdoc/>
    public (double Low, double High)? UniformCodes { get; }

    /// <inheritdoc/>
    public Tensor Expected(Tensor codes, Tensor? labels) => _centred ? (Images(codes) + 1.0) / 2.0 : Images(codes);

    /// <inheritdoc/>
    public Tensor Generate(ulong seed, int count, Device device, int first = 0)
    {
        manual_seed(unchecked((long)SeedSequence.Derive(seed, "samples")));
        return Expected(Noise(count, CPU).to(device), null);
    }

    /// <summary>−log D(x) − log(1 − D(G(z))), with the smoothed target for the real images.</summary>
    private TermValues DiscriminatorLoss(Batch batch, TrainingStep step)
    {
        var real = Part("discriminator").call(_centred ? batch.Images * 2.0 - 1.0 : batch.Images);
        var generated = Part("discriminator").call(Fixed(batch.Count, batch.Images.device));
        var loss = TensorOperations.Current.BinaryCrossEntropy(real, _real) + TensorOperations.Current.BinaryCrossEntropy(generated, 0);
        return new(loss, [loss]);
    }

    /// <summary>−log D(G(z)).</summary>
    private TermValues GeneratorLoss(Batch batch, TrainingStep step)
    {
        var generated = Part("discriminator").call(Images(Noise(batch.Count, batch.Images.device)));
        var loss = TensorOperations.Current.BinaryCrossEntropy(generated, 1);
        return new(loss, [loss]);
    }

    /// <summary>Generated images that no gradient passes through.</summary>
    private Tensor Fixed(int count, Device device)
    {
        using var guard = no_grad();
        return Images(Noise(count, device));
    }

    /// <summary>What the generator makes of noise, on the discriminator's scale.</summary>
    private Tensor Images(Tensor noise)
    {
        var output = Part("generator").call(noise);
        return _centred ? output.tanh() : TensorOperations.Current.Sigmoid(output);
    }

    private Tensor Noise(int count, Device device)
    {
        var dtype = parameters().First().dtype;
        return UniformCodes is var (low, high)
            ? rand([count, Latent], dtype: dtype, device: device) * (high - low) + low
            : randn([count, Latent], dtype: dtype, device: device);
    }
}
