using static TorchSharp.torch;

namespace TorchSharp.Modules;

public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
{
    private readonly long[] kernel;
    private readonly long[]? stride;
    private readonly long[]? padding;
    private readonly long[]? dilation;
    private readonly bool ceilMode;

    internal MaxPool2d(long[] kernel, long[]? stride, long[]? padding, long[]? dilation, bool ceilMode)
        : base(nameof(MaxPool2d)) =>
        (this.kernel, this.stride, this.padding, this.dilation, this.ceilMode) = (kernel, stride, padding, dilation, ceilMode);

    public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, kernel, stride, padding, dilation, ceilMode);
}

public sealed class AvgPool2d : nn.Module<Tensor, Tensor>
{
    private readonly long[] kernel;
    private readonly long[]? stride;
    private readonly long[]? padding;
    private readonly bool ceilMode;
    private readonly bool countIncludePad;

    internal AvgPool2d(long[] kernel, long[]? stride, long[]? padding, bool ceilMode, bool countIncludePad)
        : base(nameof(AvgPool2d)) =>
        (this.kernel, this.stride, this.padding, this.ceilMode, this.countIncludePad) = (kernel, stride, padding, ceilMode, countIncludePad);

    public override Tensor forward(Tensor input) => nn.functional.avg_pool2d(input, kernel, stride, padding, ceilMode, countIncludePad);
}

public sealed class AdaptiveAvgPool2d : nn.Module<Tensor, Tensor>
{
    private readonly long[] size;

    internal AdaptiveAvgPool2d(long[] size)
        : base(nameof(AdaptiveAvgPool2d)) => this.size = size;

    public override Tensor forward(Tensor input) => nn.functional.adaptive_avg_pool2d(input, size);
}
