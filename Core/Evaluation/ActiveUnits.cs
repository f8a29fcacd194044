using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation;

/// <summary>
/// Active units (Burda, Grosse and Salakhutdinov 2016): latent dimensions u with Var_x(E[z_u|x]) above a threshold, over
/// all images of a set.
/// </summary>
internal static class ActiveUnits
{
    /// <summary>The paper's threshold.</summary>
    public const double Threshold = 0.01;

    /// <summary>How many dimensions of the posterior means <c>[images, latent]</c> are active.</summary>
    public static Tensor Count(Tensor means) =>
        means.to(ScalarType.Float64).var(0, unbiased: false).gt((Scalar)Threshold).to(ScalarType.Float64).sum();
}
