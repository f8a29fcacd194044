using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>
/// The squared maximum mean discrepancy of two samples (Gretton et al. 2012, equation 5, the biased estimate: never negative,
/// and 0 for a sample against itself).
/// </summary>
/// <param name="IsInverseMultiquadratic">
/// The kernel: C / (C + ‖a − b‖²) with C = 2dσ² (Tolstikhin et al. 2018), or the Gaussian exp(−‖a − b‖² / C).
/// </param>
/// <param name="Bandwidth">σ, of the kernel.</param>
internal sealed record MeanDiscrepancy(bool IsInverseMultiquadratic, double Bandwidth)
{
    /// <summary>The names of the kernels that a manifest can choose.</summary>
    public static ImmutableArray<string> Kernels { get; } = ["imq", "rbf"];

    /// <summary>MMD² of two samples <c>[n, d]</c> and <c>[m, d]</c>, a scalar.</summary>
    public Tensor Of(Tensor left, Tensor right) =>
        Kernel(left, left).mean() + Kernel(right, right).mean() - Kernel(left, right).mean() * 2.0;

    private Tensor Kernel(Tensor left, Tensor right)
    {
        var scale = 2.0 * left.shape[1] * Bandwidth * Bandwidth;
        var distance = (left.unsqueeze(1) - right.unsqueeze(0)).square().sum(2);
        return IsInverseMultiquadratic ? (distance / scale + 1.0).reciprocal() : (distance / -scale).exp();
    }
}
