using System.Collections.Concurrent;
using MathNet.Numerics.LinearAlgebra;

namespace Orchestrator.Core.Data;

/// <summary>
/// The squared error of the PCA line for every number of components at once: with the test images' second moments S around
/// the training mean, k unit vectors v leave tr S − Σ vᵀSv. Kept for each data set that a process meets.
/// </summary>
internal static class PcaErrors
{
    private static readonly ConcurrentDictionary<string, Lazy<double[]>> Known = new(StringComparer.Ordinal);

    /// <summary>
    /// Mean squared error per pixel on the test images of the best linear code with so many dimensions; null where images
    /// are too large to decompose, or have fewer pixels than that.
    /// </summary>
    public static double? Of(Dataset dataset, int components)
    {
        var size = dataset.Shape.Pixels;
        if (size > PcaLine.LargestImage || components > size || dataset.Test.Count == 0)
            return null;
        return Known.GetOrAdd(dataset.Fingerprint, _ => new Lazy<double[]>(() => Compute(dataset))).Value[components];
    }

    /// <summary>The errors with 0, 1, 2, ... components.</summary>
    internal static double[] Compute(Dataset dataset)
    {
        var size = dataset.Shape.Pixels;
        var mean = PixelMoments.Of(dataset.Train).Mean;
        var vectors = PixelCovariance.Compute(dataset.Train, mean).Evd(Symmetricity.Symmetric).EigenVectors;
        var moments = AroundMean(dataset.Test, Vector<double>.Build.Dense(mean));
        var projected = moments * vectors;
        var errors = new double[size + 1];
        errors[0] = moments.Trace() / size;
        var (direction, image) = (Vector<double>.Build.Dense(size), Vector<double>.Build.Dense(size));
        // MathNet sorts eigenvalues ascending.
        for (var k = 1; k <= size; k++)
        {
            vectors.Column(size - k, direction);
            projected.Column(size - k, image);
            errors[k] = Math.Max(0, errors[k - 1] - direction.DotProduct(image) / size);
        }
        return errors;
    }

    private static Matrix<double> AroundMean(ImageSet test, Vector<double> mean)
    {
        var own = PixelMoments.Of(test).Mean;
        var shift = Vector<double>.Build.Dense(own) - mean;
        var moments = PixelCovariance.Compute(test, own);
        for (var column = 0; column < shift.Count; column++)
            for (var row = 0; row < shift.Count; row++)
                moments[row, column] += shift[row] * shift[column];
        return moments;
    }
}
