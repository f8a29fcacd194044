using System.Collections.Immutable;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Priors;

/// <summary>
/// RealNVP (Dinh, Sohl-Dickstein and Bengio 2017): affine coupling layers between codes and a standard normal. Each keeps every
/// other dimension and scales and shifts the rest by what those say: u = z·eˢ + t, whose log-determinant is Σ s. The scale
/// passes through tanh, so that no layer stretches by more than e.
/// </summary>
/// <param name="couplings">For each layer, from <c>[batch, latent]</c> (the rest set to 0) to <c>[batch, 2·latent]</c>: s and t.</param>
internal sealed class CouplingFlow(ImmutableArray<nn.Module<Tensor, Tensor>> couplings)
{
    /// <summary>log p(z) of codes <c>[batch, latent]</c>, <c>[batch]</c>, in nats, by change of variables.</summary>
    public Tensor LogDensity(Tensor codes)
    {
        var (noise, logDeterminant) = ToNoise(codes);
        return GaussianDensity.LogStandard(noise) + logDeterminant;
    }

    /// <summary>The noise that gives some codes, and the logarithm of the volume's change, <c>[batch]</c>.</summary>
    public (Tensor Noise, Tensor LogDeterminant) ToNoise(Tensor codes)
    {
        var logDeterminant = zeros_like(codes).sum(1);
        for (var layer = 0; layer < couplings.Length; layer++)
        {
            var (kept, scale, shift) = Coupling(layer, codes);
            codes = kept + (codes - kept) * scale.exp() + shift;
            logDeterminant += scale.sum(1);
        }
        return (codes, logDeterminant);
    }

    /// <summary>The codes that some noise gives: the inverse of <see cref="ToNoise"/>.</summary>
    public Tensor FromNoise(Tensor noise)
    {
        for (var layer = couplings.Length - 1; layer >= 0; layer--)
        {
            var (kept, scale, shift) = Coupling(layer, noise);
            noise = kept + (noise - kept - shift) * (-scale).exp();
        }
        return noise;
    }

    /// <summary>The dimensions a layer keeps (others 0), and scale and shift of the others (0 where it keeps).</summary>
    private (Tensor Kept, Tensor Scale, Tensor Shift) Coupling(int layer, Tensor values)
    {
        var latent = values.shape[1];
        var moved = (arange(latent, dtype: values.dtype, device: values.device) + layer).remainder((TorchSharp.Scalar)2);
        var kept = values * (moved * -1.0 + 1.0);
        var both = couplings[layer].call(kept);
        return (kept, both.narrow(1, 0, latent).tanh() * moved, both.narrow(1, latent, latent) * moved);
    }
}
