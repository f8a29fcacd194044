using System.Numerics;
using System.Runtime.InteropServices;
using Matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>;

namespace Orchestrator.Core.Data;

/// <summary>
/// The covariance of the pixels of a set. Sums of products are exact: blocks are so short that 32-bit floats hold every
/// partial sum of products of bytes as an integer (255 * 255 * 256 &lt; 2^24), and blocks add up in 64-bit integers. The result
/// does not depend on the width of the vector unit or on the number of threads.
/// </summary>
internal static class PixelCovariance
{
    private const int BlockImages = 256;

    /// <summary>The matrix <c>[pixels, pixels]</c>, for pixels in [0, 1], normalised by the count.</summary>
    public static Matrix Compute(ImageSet set, double[] mean)
    {
        var size = set.Shape.Pixels;
        // One array: the sums lie where the covariances will, which take their places one by one.
        var covariance = new double[size * size];
        var block = new float[size * BlockImages];
        for (var start = 0; start < set.Count; start += BlockImages)
        {
            Transpose(set, start, block);
            Parallel.For(0, size, row => AddRow(block, row, Sums(covariance, row, size)));
        }
        for (var row = 0; row < size; row++)
        {
            var sums = Sums(covariance, row, size);
            for (var column = 0; column <= row; column++)
                covariance[row * size + column] = covariance[column * size + row] =
                    sums[column] / (255.0 * 255.0) / set.Count - mean[row] * mean[column];
        }
        return Matrix.Build.Dense(size, size, covariance);
    }

    // Only the triangle below the diagonal holds sums, so that no covariance is written over one that is still needed.
    private static Span<long> Sums(double[] covariance, int row, int size) =>
        MemoryMarshal.Cast<double, long>(covariance.AsSpan(row * size, size));

    private static void AddRow(float[] block, int row, Span<long> sums)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(block.AsSpan(row * BlockImages, BlockImages));
        for (var column = 0; column <= row; column++)
        {
            var right = MemoryMarshal.Cast<float, Vector<float>>(block.AsSpan(column * BlockImages, BlockImages));
            var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var i = 0; i + 1 < left.Length; i += 2)
            {
                even += left[i] * right[i];
                odd += left[i + 1] * right[i + 1];
            }
            sums[column] += (long)Vector.Sum(even + odd);
        }
    }

    /// <summary>One row per pixel; images beyond the last are zero and add nothing.</summary>
    private static void Transpose(ImageSet set, int start, float[] block)
    {
        Array.Clear(block);
        var end = Math.Min(BlockImages, set.Count - start);
        for (var image = 0; image < end; image++)
        {
            var pixels = set.Image(start + image);
            for (var pixel = 0; pixel < pixels.Length; pixel++)
                block[pixel * BlockImages + image] = pixels[pixel];
        }
    }
}
