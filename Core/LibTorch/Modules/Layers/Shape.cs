using static TorchSharp.torch;

namespace TorchSharp.Modules;

public sealed class Flatten : nn.Module<Tensor, Tensor>
{
    private readonly long start;
    private readonly long end;

    internal Flatten(long start_dim, long end_dim)
        : base(nameof(Flatten)) => (start, end) = (start_dim, end_dim);

    public override Tensor forward(Tensor input) => input.flatten(start, end);
}

public sealed class Unflatten : nn.Module<Tensor, Tensor>
{
    private readonly long dim;
    private readonly long[] sizes;

    internal Unflatten(long dim, long[] sizes)
        : base(nameof(Unflatten)) => (this.dim, this.sizes) = (dim, sizes);

    public override Tensor forward(Tensor input) => input.unflatten(dim, sizes);
}

/// <summary>Passes its input on: the same values under a handle of its own.</summary>
public sealed class Identity : nn.Module<Tensor, Tensor>
{
    internal Identity()
        : base(nameof(Identity))
    {
    }

    public override Tensor forward(Tensor input) => input.alias();
}

public sealed class Upsample : nn.Module<Tensor, Tensor>
{
    private readonly long[]? size;
    private readonly double[]? scale;
    private readonly UpsampleMode mode;
    private readonly bool? alignCorners;
    private readonly bool recompute;

    internal Upsample(long[]? size, double[]? scale, UpsampleMode mode, bool? alignCorners, bool recompute)
        : base(nameof(Upsample)) =>
        (this.size, this.scale, this.mode, this.alignCorners, this.recompute) = (size, scale, mode, alignCorners, recompute);

    public override Tensor forward(Tensor input) =>
        nn.functional.interpolate(input, size, scale, (InterpolationMode)mode, alignCorners, recompute);
}

public sealed class PixelShuffle : nn.Module<Tensor, Tensor>
{
    private readonly long factor;

    internal PixelShuffle(long factor)
        : base(nameof(PixelShuffle)) => this.factor = factor;

    public override Tensor forward(Tensor input) => nn.functional.pixel_shuffle(input, factor);
}
