using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;

namespace Orchestrator.Core.Models.Networks;

/// <summary>The convolutions that a configuration names, as numbers.</summary>
/// <param name="Channels">Of the image, then of each stage.</param>
/// <param name="Sides">Of the padded image, then after each stage.</param>
/// <param name="Kernel">Of every convolution.</param>
/// <param name="Pools">True where a stage halves by pooling, false where by stride 2.</param>
internal sealed record ConvStages(IReadOnlyList<long> Channels, IReadOnlyList<long> Sides, long Kernel, bool Pools)
{
    /// <summary>Convolutions.</summary>
    public int Count => Channels.Count - 1;

    /// <summary>Zeros around the image before each convolution.</summary>
    public long Padding => PaddingOf(Kernel);

    /// <summary>The sides that a decoder has to restore, from the deepest out.</summary>
    public IReadOnlyList<long> Restored => [.. Sides.Distinct().Reverse().Skip(1)];

    /// <summary>True where stage <paramref name="stage"/> (from 0) halves the image.</summary>
    public bool Halves(int stage) => Sides[stage] != Sides[stage + 1];

    /// <summary>The padding that keeps or exactly halves a side.</summary>
    public static long PaddingOf(long kernel) => (kernel - 1) / 2;

    /// <summary>The stages of a checked configuration.</summary>
    public static ConvStages Of(ParameterSet parameters, ImageShape image) => new(
        [image.Channels, .. ChannelsOf(parameters)],
        SidesOf(parameters, image).After(Strided(parameters)),
        parameters.Get(ConvNetwork.Kernel),
        IsPooled(parameters));

    /// <summary>How sides go on.</summary>
    public static ConvSides SidesOf(ParameterSet parameters, ImageShape image) => new(
        Math.Max(image.Height, parameters.Get(ConvNetwork.PadTo)),
        IsPooled(parameters) || parameters.Get(ConvNetwork.Kernel) % 2 == 0);

    /// <summary>Channels of each stage.</summary>
    public static IReadOnlyList<long> ChannelsOf(ParameterSet parameters) => parameters.Contains(ConvNetwork.Channels.Name)
        ? [.. parameters.Get(ConvNetwork.Channels).Select(channels => (long)channels)]
        : [.. Enumerable.Range(0, parameters.Get(ModelParameters.Depth)).Select(stage => (long)parameters.Get(ModelParameters.Width) << stage)];

    /// <summary>Which stages halve the image: all of them, or those whose stride says so.</summary>
    public static IReadOnlyList<bool> Strided(ParameterSet parameters) =>
        parameters.Contains(ConvNetwork.Strides.Name) && parameters.Contains(ConvNetwork.Channels.Name) && !IsPooled(parameters)
            ? [.. parameters.Get(ConvNetwork.Strides).Select(stride => stride == 2)]
            : [.. ChannelsOf(parameters).Select(_ => true)];

    private static bool IsPooled(ParameterSet parameters) => parameters.Get(ConvNetwork.Downsampling) == "pool";
}
