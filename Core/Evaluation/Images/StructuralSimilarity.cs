namespace Orchestrator.Core.Evaluation.Images;

/// <summary>
/// Structural similarity of two grey images with pixels in [0, 1] (Wang, Bovik, Sheikh and Simoncelli 2004): Gaussian
/// window of 11x11 with standard deviation 1.5, K1 = 0.01, K2 = 0.03, averaged over the windows that lie inside.
/// </summary>
public static class StructuralSimilarity
{
    /// <summary>The side of the window; images must be at least as large.</summary>
    public const int Size = 11;
    private const double C1 = 0.01 * 0.01;
    private const double C2 = 0.03 * 0.03;
    private static readonly double[] Window = GaussianWindow();

    /// <summary>From -1 to 1; 1 for equal images.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit, or the image is smaller than the window.</exception>
    public static double Of(ReadOnlySpan<float> image, ReadOnlySpan<float> other, int height, int width)
    {
        if (image.Length != height * width || other.Length != height * width)
            throw new ArgumentException($"an image of {height}x{width} has {height * width} pixels", nameof(image));
        if (height < Size || width < Size)
            throw new ArgumentException($"structural similarity needs at least {Size}x{Size} pixels", nameof(height));
        var total = 0.0;
        for (var top = 0; top <= height - Size; top++)
            for (var left = 0; left <= width - Size; left++)
                total += At(image, other, top * width + left, width);
        return total / ((height - Size + 1) * (width - Size + 1));
    }

    private static double At(ReadOnlySpan<float> image, ReadOnlySpan<float> other, int offset, int width)
    {
        double meanX = 0, meanY = 0, squareX = 0, squareY = 0, product = 0;
        for (var row = 0; row < Size; row++)
            for (var column = 0; column < Size; column++)
            {
                var weight = Window[row * Size + column];
                double x = image[offset + row * width + column], y = other[offset + row * width + column];
                meanX += weight * x;
                meanY += weight * y;
                squareX += weight * x * x;
                squareY += weight * y * y;
                product += weight * x * y;
            }

        var varianceX = squareX - meanX * meanX;
        var varianceY = squareY - meanY * meanY;
        var covariance = product - meanX * meanY;
        return (2 * meanX * meanY + C1) * (2 * covariance + C2)
            / ((meanX * meanX + meanY * meanY + C1) * (varianceX + varianceY + C2));
    }

    private static double[] GaussianWindow()
    {
        var line = Enumerable.Range(0, Size).Select(i => Math.Exp(-Math.Pow(i - Size / 2, 2) / (2 * 1.5 * 1.5))).ToArray();
        var sum = line.Sum();
        return [.. from y in line from x in line select y * x / (sum * sum)];
    }
}
