using MathNet.Numerics.LinearAlgebra;

namespace Orchestrator.Core.Evaluation.Generation;

/// <summary>Mean and covariance of the features of some images.</summary>
/// <param name="Mean"><c>[features]</c>.</param>
/// <param name="Covariance"><c>[features, features]</c>, symmetric, with the divisor n − 1.</param>
internal sealed record FeatureMoments(Vector<double> Mean, Matrix<double> Covariance)
{
    /// <summary>The moments of features, one row an image.</summary>
    /// <exception cref="ArgumentException">There are fewer than two rows.</exception>
    public static FeatureMoments Of(Matrix<double> features)
    {
        if (features.RowCount < 2)
            throw new ArgumentException("a covariance needs at least two images", nameof(features));
        var mean = features.ColumnSums() / features.RowCount;
        var centred = features - Matrix<double>.Build.Dense(features.RowCount, features.ColumnCount, (_, column) => mean[column]);
        return new(mean, centred.TransposeThisAndMultiply(centred) / (features.RowCount - 1));
    }
}
