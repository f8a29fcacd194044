using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>A model that images can be drawn from.</summary>
internal interface IGenerator
{
    /// <summary>
    /// Expected pixels <c>[count, channels, height, width]</c> for draws of the model's prior or noise: the same draws for a
    /// seed on every device. Models whose draws take turns (classes, a learnt prior's components) go on from
    /// <paramref name="first"/>, the place of the first draw in a longer series.
    /// </summary>
    Tensor Generate(ulong seed, int count, Device device, int first = 0);
}
