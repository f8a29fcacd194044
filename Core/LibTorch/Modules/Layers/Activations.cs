using static TorchSharp.torch;

namespace TorchSharp.Modules;

public sealed class ReLU : nn.Module<Tensor, Tensor>
{
    private readonly bool inplace;

    internal ReLU(bool inplace)
        : base(nameof(ReLU)) => this.inplace = inplace;

    public override Tensor forward(Tensor input) => nn.functional.relu(input, inplace);
}

public sealed class ReLU6 : nn.Module<Tensor, Tensor>
{
    private readonly bool inplace;

    internal ReLU6(bool inplace)
        : base(nameof(ReLU6)) => this.inplace = inplace;

    public override Tensor forward(Tensor input) => nn.functional.relu6(input, inplace);
}

public sealed class LeakyReLU : nn.Module<Tensor, Tensor>
{
    private readonly double negative_slope;
    private readonly bool inplace;

    internal LeakyReLU(double negative_slope, bool inplace)
        : base(nameof(LeakyReLU)) =>
        (this.negative_slope, this.inplace) = (negative_slope, inplace);

    public override Tensor forward(Tensor input) => nn.functional.leaky_relu(input, negative_slope, inplace);
}

public sealed class ELU : nn.Module<Tensor, Tensor>
{
    private readonly double alpha;
    private readonly bool inplace;

    internal ELU(double alpha, bool inplace)
        : base(nameof(ELU)) =>
        (this.alpha, this.inplace) = (alpha, inplace);

    public override Tensor forward(Tensor input) => nn.functional.elu(input, alpha, inplace);
}

public sealed class CELU : nn.Module<Tensor, Tensor>
{
    private readonly double alpha;
    private readonly bool inplace;

    internal CELU(double alpha, bool inplace)
        : base(nameof(CELU)) =>
        (this.alpha, this.inplace) = (alpha, inplace);

    public override Tensor forward(Tensor input) => nn.functional.celu(input, alpha, inplace);
}

public sealed class SELU : nn.Module<Tensor, Tensor>
{
    private readonly bool inplace;

    internal SELU(bool inplace)
        : base(nameof(SELU)) => this.inplace = inplace;

    public override Tensor forward(Tensor input) => nn.functional.selu(input, inplace);
}

public sealed class SiLU : nn.Module<Tensor, Tensor>
{
    private readonly bool inplace;

    internal SiLU(bool inplace)
        : base(nameof(SiLU)) => this.inplace = inplace;

    public override Tensor forward(Tensor input) => nn.functional.silu(input, inplace);
}

public sealed class Mish : nn.Module<Tensor, Tensor>
{
    internal Mish()
        : base(nameof(Mish))
    {
    }

    public override Tensor forward(Tensor input) => nn.functional.mish(input);
}

public sealed class GELU : nn.Module<Tensor, Tensor>
{
    internal GELU()
        : base(nameof(GELU))
    {
    }

    public override Tensor forward(Tensor input) => nn.functional.gelu(input);
}

public sealed class Sigmoid : nn.Module<Tensor, Tensor>
{
    private readonly bool inplace;

    internal Sigmoid(bool inplace)
        : base(nameof(Sigmoid)) => this.inplace = inplace;

    public override Tensor forward(Tensor input) => inplace ? input.sigmoid_() : input.sigmoid();
}

public sealed class LogSigmoid : nn.Module<Tensor, Tensor>
{
    internal LogSigmoid()
        : base(nameof(LogSigmoid))
    {
    }

    public override Tensor forward(Tensor input) => nn.functional.logsigmoid(input);
}

public sealed class Tanh : nn.Module<Tensor, Tensor>
{
    private readonly bool inplace;

    internal Tanh(bool inplace)
        : base(nameof(Tanh)) => this.inplace = inplace;

    public override Tensor forward(Tensor input) => nn.functional.tanh(input, inplace);
}

public sealed class Hardtanh : nn.Module<Tensor, Tensor>
{
    private readonly double min_val;
    private readonly double max_val;
    private readonly bool inplace;

    internal Hardtanh(double min_val, double max_val, bool inplace)
        : base(nameof(Hardtanh)) =>
        (this.min_val, this.max_val, this.inplace) = (min_val, max_val, inplace);

    public override Tensor forward(Tensor input) => nn.functional.hardtanh(input, min_val, max_val, inplace);
}

public sealed class Hardsigmoid : nn.Module<Tensor, Tensor>
{
    private readonly bool inplace;

    internal Hardsigmoid(bool inplace)
        : base(nameof(Hardsigmoid)) => this.inplace = inplace;

    public override Tensor forward(Tensor input) => nn.functional.hardsigmoid(input, inplace);
}

public sealed class Hardswish : nn.Module<Tensor, Tensor>
{
    private readonly bool inplace;

    internal Hardswish(bool inplace)
        : base(nameof(Hardswish)) => this.inplace = inplace;

    public override Tensor forward(Tensor input) => nn.functional.hardswish(input, inplace);
}

public sealed class Softplus : nn.Module<Tensor, Tensor>
{
    private readonly double beta;
    private readonly double threshold;

    internal Softplus(double beta, double threshold)
        : base(nameof(Softplus)) =>
        (this.beta, this.threshold) = (beta, threshold);

    public override Tensor forward(Tensor input) => nn.functional.softplus(input, beta, threshold);
}

public sealed class Softmax : nn.Module<Tensor, Tensor>
{
    private readonly long dim;

    internal Softmax(long dim)
        : base(nameof(Softmax)) => this.dim = dim;

    public override Tensor forward(Tensor input) => nn.functional.softmax(input, dim);
}

public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
{
    private readonly long dim;

    internal LogSoftmax(long dim)
        : base(nameof(LogSoftmax)) => this.dim = dim;

    public override Tensor forward(Tensor input) => nn.functional.log_softmax(input, dim);
}
