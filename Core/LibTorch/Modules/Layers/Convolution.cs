using System;
using Orchestrator.LibTorch;
using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What convolutions over images share: [batch, channels, height, width].</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected Convolution(string name, ConvolutionShape shape, bool transposed, bool bias, Device? device, ScalarType? dtype)
        : base(name)
    {
        Shape = shape;
        if (shape.InChannels % shape.Groups != 0 || shape.OutChannels % shape.Groups != 0)
        {
            throw new ArgumentException($"in_channels {shape.InChannels} and out_channels {shape.OutChannels} must be divisible by groups {shape.Groups}.");
        }

        var (first, second) = transposed ? (shape.InChannels, shape.OutChannels) : (shape.OutChannels, shape.InChannels);
        weight = new Parameter(empty([first, second / shape.Groups, shape.Kernel[0], shape.Kernel[1]], dtype, device));
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        register_parameter(nameof(weight), weight);
        if (bias)
        {
            var bound = 1 / Math.Sqrt(nn.init.CalculateFanInAndFanOut(weight).fanIn);
            this.bias = new Parameter(empty([shape.OutChannels], dtype, device));
            nn.init.uniform_(this.bias, -bound, bound);
            register_parameter(nameof(this.bias), this.bias);
        }
    }

    public Parameter weight { get; }

    public Parameter? bias { get; }

    public long in_channels => Shape.InChannels;

    public long out_channels => Shape.OutChannels;

    public long groups => Shape.Groups;

    private protected ConvolutionShape Shape { get; }
}

/// <summary>Sizes of a convolution; pairs are height then width.</summary>
internal sealed record ConvolutionShape(
    long InChannels,
    long OutChannels,
    long[] Kernel,
    long[] Stride,
    long[] Padding,
    long[] OutputPadding,
    long[] Dilation,
    long Groups,
    PaddingModes Mode);

public sealed class Conv2d : Convolution
{
    internal Conv2d(ConvolutionShape shape, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(Conv2d), shape, transposed: false, bias, device, dtype)
    {
    }

    public override Tensor forward(Tensor input)
    {
        if (Shape.Mode is PaddingModes.Zeros or PaddingModes.Constant)
        {
            return nn.functional.conv2d(input, weight, bias, Shape.Stride, Shape.Padding, Shape.Dilation, Shape.Groups);
        }

        var (h, w) = (Shape.Padding[0], Shape.Padding[1]);
        using var padded = nn.functional.pad(input, [w, w, h, h], Shape.Mode);
        return nn.functional.conv2d(padded, weight, bias, Shape.Stride, null, Shape.Dilation, Shape.Groups);
    }
}

public sealed class ConvTranspose2d : Convolution
{
    internal ConvTranspose2d(ConvolutionShape shape, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(ConvTranspose2d), shape, transposed: true, bias, device, dtype)
    {
        if (shape.Mode is not (PaddingModes.Zeros or PaddingModes.Constant))
        {
            throw new ArgumentException("Only \"zeros\" padding mode is supported for ConvTranspose2d");
        }
    }

    internal bool IsDifferentiatedByConvolutions { get; set; }

    public override Tensor forward(Tensor input) =>
        IsDifferentiatedByConvolutions && Shape.Groups == 1 && weight.dtype == ScalarType.Float32 && weight.device.type == DeviceType.CPU && !Autocast.IsEnabled(CPU)
            ? ByConvolutions(input)
            : nn.functional.conv_transpose2d(input, weight, bias, Shape.Stride, Shape.Padding, Shape.OutputPadding, Shape.Dilation, Shape.Groups);

    private unsafe Tensor ByConvolutions(Tensor input)
    {
        fixed (long* s = Shape.Stride, p = Shape.Padding, o = Shape.OutputPadding, d = Shape.Dilation)
        {
            return Check.Own(Native.ot_fused_conv_transpose2d(input.Handle, weight.Handle, bias?.Handle ?? 0, s, p, o, d), input, weight, bias);
        }
    }
}
