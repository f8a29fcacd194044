using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Orchestrator.Core.Latent;

/// <summary>Principal components of latent codes: how many directions the latent space really uses.</summary>
/// <param name="Mean">The mean code.</param>
/// <param name="Components">Unit vectors, one a row, in order of falling variance; each one's largest entry is positive.</param>
/// <param name="ExplainedVariance">The variance (divisor n-1) along each component.</param>
public sealed record PrincipalComponents(
    ImmutableArray<double> Mean, Matrix<double> Components, ImmutableArray<double> ExplainedVariance)
{
    /// <summary>Each component's share of the total variance; all zero where nothing varies.</summary>
    public ImmutableArray<double> ExplainedRatio
    {
        get
        {
            var total = ExplainedVariance.Sum();
            return [.. ExplainedVariance.Select(v => total > 0 ? v / total : 0)];
        }
    }

    /// <summary>The components of codes, by the eigenvectors of their covariance.</summary>
    /// <exception cref="ArgumentException">There are fewer than two codes.</exception>
    public static PrincipalComponents Of(LatentCodes codes)
    {
        if (codes.Count < 2)
            throw new ArgumentException("principal components need at least two codes", nameof(codes));
        var data = Matrix<double>.Build.Dense(codes.Count, codes.Dimensions, (i, d) => codes[i][d]);
        var mean = data.ColumnSums() / codes.Count;
        var centred = Matrix<double>.Build.Dense(codes.Count, codes.Dimensions, (i, d) => data[i, d] - mean[d]);
        var covariance = centred.TransposeThisAndMultiply(centred) / (codes.Count - 1);
        var eigen = covariance.Evd(Symmetricity.Symmetric);
        var order = Enumerable.Range(0, codes.Dimensions).OrderByDescending(d => eigen.EigenValues[d].Real).ToArray();
        var components = Matrix<double>.Build.DenseOfRowVectors(order.Select(d => WithFixedSign(eigen.EigenVectors.Column(d))));
        return new([.. mean], components, [.. order.Select(d => Math.Max(0, eigen.EigenValues[d].Real))]);
    }

    /// <summary>Coordinates along the first components, [count, dimensions].</summary>
    public LatentCodes Project(LatentCodes codes, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, Components.RowCount);
        var projected = new float[codes.Count * dimensions];
        for (var i = 0; i < codes.Count; i++)
            for (var c = 0; c < dimensions; c++)
            {
                var sum = 0.0;
                for (var d = 0; d < codes.Dimensions; d++)
                    sum += (codes[i][d] - Mean[d]) * Components[c, d];
                projected[i * dimensions + c] = (float)sum;
            }

        return new LatentCodes(projected, dimensions);
    }

    // An eigenvector's sign is arbitrary; a fixed one makes pictures of the same trial equal.
    private static Vector<double> WithFixedSign(Vector<double> vector) =>
        vector[vector.AbsoluteMaximumIndex()] < 0 ? -vector : vector;
}
