using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>A model that images can be drawn from.</summary>
internal interface IGenerator
{
    /// <summary>
    /// Expected pixels <c>[count, channels, height, width]</c> for draws of the model's prior or noise: the same draws for a
    /// seed on every device.
    /// </summary>
    Tensor Generate(ulong seed, int count, Device device);
}
