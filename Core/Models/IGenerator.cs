using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>A model that images can be drawn from.</summary>
internal interface IGenerator
{
    /// <summary>The part of the plan that turns codes into images.</summary>
    string DecoderPart { get; }

    /// <summary>Dimensions of a code.</summary>
    int Latent { get; }

    /// <summary>Classes that stand one-hot beside a code; 0 for none.</summary>
    int Classes { get; }

    /// <summary>The interval of a code's dimensions where they are drawn from a uniform distribution; else null.</summary>
    (double Low, double High)? UniformCodes { get; }

    /// <summary>
    /// Expected pixels <c>[count, channels, height, width]</c> for draws of the model's prior or noise: the same draws for a
    /// seed on every device. Models whose draws take turns (classes, a learnt prior's components) go on from
    /// <paramref name="first"/>, the place of the first draw in a longer series.
    /// </summary>
    Tensor Generate(ulong seed, int count, Device device, int first = 0);

    /// <summary>Expected pixels <c>[count, channels, height, width]</c> of codes <c>[count, latent]</c> and their classes.</summary>
    Tensor Expected(Tensor codes, Tensor? labels);
}
