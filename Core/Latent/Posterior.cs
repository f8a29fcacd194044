using static TorchSharp.torch;

namespace Orchestrator.Core.Latent;

/// <summary>q(z|x) of a batch: a diagonal Gaussian, or a point where there is no variance.</summary>
/// <param name="Mean">μ, <c>[batch, latent]</c>.</param>
/// <param name="LogVariance">log σ², <c>[batch, latent]</c>, or null for a deterministic code.</param>
internal readonly record struct Posterior(Tensor Mean, Tensor? LogVariance)
{
    /// <summary>
    /// A sample μ + σ·ε with ε from torch's generator, differentiable in μ and σ (the reparameterisation of Kingma and
    /// Welling 2014); the code itself where it is deterministic.
    /// </summary>
    public Tensor Sample() => LogVariance is null ? Mean : Mean + (LogVariance * 0.5).exp() * randn_like(Mean);
}
