using MathNet.Numerics.LinearAlgebra;

namespace Orchestrator.Core.Evaluation.Generation;

/// <summary>
/// The squared Fréchet (2-Wasserstein) distance between two Gaussians (Dowson and Landau 1982, equation 4):
/// |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½). Heusel et al. (2017) take it between features of images.
/// </summary>
internal static class FrechetDistance
{
    /// <summary>
    /// The distance. (Σ₁Σ₂)^½ has the trace of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric: its eigenvalues are real, and those that
    /// rounding puts below zero are zero.
    /// </summary>
    public static double Between(FeatureMoments first, FeatureMoments second)
    {
        var root = SquareRoot(first.Covariance);
        var product = root * second.Covariance * root;
        var difference = first.Mean - second.Mean;
        var shared = Eigenvalues((product + product.Transpose()) / 2).Sum(Math.Sqrt);
        return Math.Max(0, difference.DotProduct(difference) + first.Covariance.Trace() + second.Covariance.Trace() - 2 * shared);
    }

    private static Matrix<double> SquareRoot(Matrix<double> symmetric)
    {
        var eigen = symmetric.Evd(Symmetricity.Symmetric);
        var roots = eigen.EigenValues.Select(value => Math.Sqrt(Math.Max(0, value.Real)));
        return eigen.EigenVectors * Matrix<double>.Build.DenseOfDiagonalArray([.. roots]) * eigen.EigenVectors.Transpose();
    }

    private static IEnumerable<double> Eigenvalues(Matrix<double> symmetric) =>
        symmetric.Evd(Symmetricity.Symmetric).EigenValues.Select(value => Math.Max(0, value.Real));
}
