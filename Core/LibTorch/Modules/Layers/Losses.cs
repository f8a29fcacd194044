using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>A loss of a prediction and a target.</summary>
public abstract class Loss : Module<Tensor, Tensor, Tensor>
{
    private protected Loss(string name, Reduction reduction)
        : base(name) => this.reduction = reduction;

    public Reduction reduction { get; }
}

public sealed class MSELoss : Loss
{
    internal MSELoss(Reduction reduction)
        : base(nameof(MSELoss), reduction)
    {
    }

    public override Tensor forward(Tensor input1, Tensor input2) => functional.mse_loss(input1, input2, reduction);
}

public sealed class L1Loss : Loss
{
    internal L1Loss(Reduction reduction)
        : base(nameof(L1Loss), reduction)
    {
    }

    public override Tensor forward(Tensor input1, Tensor input2) => functional.l1_loss(input1, input2, reduction);
}

public sealed class BCELoss : Loss
{
    private readonly Tensor? weight;

    internal BCELoss(Tensor? weight, Reduction reduction)
        : base(nameof(BCELoss), reduction) => this.weight = weight?.alias().DetachFromDisposeScope();

    public override Tensor forward(Tensor input1, Tensor input2) => functional.binary_cross_entropy(input1, input2, weight, reduction);
}

public sealed class BCEWithLogitsLoss : Loss
{
    private readonly Tensor? weight;
    private readonly Tensor? positive;

    internal BCEWithLogitsLoss(Tensor? weight, Reduction reduction, Tensor? positive)
        : base(nameof(BCEWithLogitsLoss), reduction)
    {
        this.weight = weight?.alias().DetachFromDisposeScope();
        this.positive = positive?.alias().DetachFromDisposeScope();
    }

    public override Tensor forward(Tensor input1, Tensor input2) =>
        functional.binary_cross_entropy_with_logits(input1, input2, weight, reduction, positive);
}

public sealed class CrossEntropyLoss : Loss
{
    private readonly Tensor? weight;
    private readonly long ignore;
    private readonly double smoothing;

    internal CrossEntropyLoss(Tensor? weight, long ignore, double smoothing, Reduction reduction)
        : base(nameof(CrossEntropyLoss), reduction) =>
        (this.weight, this.ignore, this.smoothing) = (weight?.alias().DetachFromDisposeScope(), ignore, smoothing);

    public override Tensor forward(Tensor input1, Tensor input2) =>
        functional.cross_entropy(input1, input2, weight, ignore, reduction, smoothing);
}

public sealed class KLDivLoss : Loss
{
    private readonly bool logTarget;

    internal KLDivLoss(bool logTarget, Reduction reduction)
        : base(nameof(KLDivLoss), reduction) => this.logTarget = logTarget;

    public override Tensor forward(Tensor input1, Tensor input2) => functional.kl_div(input1, input2, logTarget, reduction);
}
