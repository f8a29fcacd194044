using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Core.Tests.LibTorch;

/// <summary>The networks of conformance.py, line by line. Field names are the state dict's keys.</summary>
internal abstract class ConformanceVae(string name) : Module<Tensor, Tensor>(name)
{
    protected abstract (Tensor Mean, Tensor LogVar) Encode(Tensor x);

    protected abstract Tensor Reconstruction(Tensor z, Tensor x);

    /// <summary>The summed negative evidence lower bound of a batch [n, 1, 28, 28].</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (mean, logVar) = Encode(x);
        var z = mean + (randn_like(mean) * (0.5 * logVar).exp());
        var reconstruction = Reconstruction(z, x);
        var kl = -0.5 * (1 + logVar - mean.square() - logVar.exp()).sum();
        return (reconstruction + kl).MoveToOuterDisposeScope();
    }
}

internal sealed class DenseVae : ConformanceVae
{
    private readonly Linear hidden = Linear(784, 400);
    private readonly Linear mean = Linear(400, 20);
    private readonly Linear log_var = Linear(400, 20);
    private readonly Sequential decoder = Sequential(Linear(20, 400), ReLU(), Linear(400, 784), Sigmoid());

    internal DenseVae()
        : base(nameof(DenseVae)) => RegisterComponents();

    protected override (Tensor Mean, Tensor LogVar) Encode(Tensor x)
    {
        var h = functional.relu(hidden.call(x.view(-1, 784)));
        return (mean.call(h), log_var.call(h));
    }

    protected override Tensor Reconstruction(Tensor z, Tensor x) =>
        functional.binary_cross_entropy(decoder.call(z), x.view(-1, 784), reduction: Reduction.Sum);
}

internal sealed class ConvolutionalVae : ConformanceVae
{
    private readonly Sequential encoder = Sequential(
        Conv2d(1, 8, 3, stride: 2, padding: 1), BatchNorm2d(8), ReLU(),
        Conv2d(8, 16, 3, padding: 1), LeakyReLU(0.1), MaxPool2d(2), Flatten());

    private readonly Linear mean = Linear(784, 8);
    private readonly Linear log_var = Linear(784, 8);

    private readonly Sequential decoder = Sequential(
        Linear(8, 784), ReLU(), Unflatten(1, [16, 7, 7]),
        ConvTranspose2d(16, 8, 3, stride: 2, padding: 1, output_padding: 1), BatchNorm2d(8), ReLU(),
        Upsample(scale_factor: [2.0, 2.0]), Conv2d(8, 1, 3, padding: 1));

    internal ConvolutionalVae()
        : base(nameof(ConvolutionalVae)) => RegisterComponents();

    protected override (Tensor Mean, Tensor LogVar) Encode(Tensor x)
    {
        var h = encoder.call(x);
        return (mean.call(h), log_var.call(h));
    }

    protected override Tensor Reconstruction(Tensor z, Tensor x) =>
        functional.binary_cross_entropy_with_logits(decoder.call(z), x, reduction: Reduction.Sum);
}
