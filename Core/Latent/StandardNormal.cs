using Orchestrator.Core.Data;
using static TorchSharp.torch;

namespace Orchestrator.Core.Latent;

/// <summary>The prior N(0, I).</summary>
internal static class StandardNormal
{
    /// <summary>Codes of a trial's prior samples, <c>[count, latent]</c>: the same for a seed on every device.</summary>
    public static Tensor Sample(ulong seed, int count, int latent, Device device)
    {
        manual_seed(unchecked((long)SeedSequence.Derive(seed, "samples")));
        return randn([count, latent], device: CPU).to(device);
    }
}
