using System.Runtime.Intrinsics;

namespace Orchestrator.Core.Latent;

/// <summary>Latent codes of a set of images, on the host: what separation measures, projections and pictures work on.</summary>
public sealed class LatentCodes
{
    private readonly float[] _values;

    /// <summary>Codes, row-major [count, dimensions].</summary>
    /// <exception cref="ArgumentException">The number of values is not a multiple of <paramref name="dimensions"/>, or there is none.</exception>
    public LatentCodes(float[] values, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (values.Length % dimensions != 0)
            throw new ArgumentException($"{values.Length} values do not make rows of {dimensions}", nameof(values));
        _values = values;
        Dimensions = dimensions;
        Count = values.Length / dimensions;
    }

    /// <summary>Images.</summary>
    public int Count { get; }

    /// <summary>Dimensions of the latent space.</summary>
    public int Dimensions { get; }

    /// <summary>All values, row-major.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The code of one image.</summary>
    public ReadOnlySpan<float> this[int index] => _values.AsSpan(index * Dimensions, Dimensions);

    /// <summary>The codes of some images, in the order given.</summary>
    public LatentCodes Take(ReadOnlySpan<int> indices)
    {
        var taken = new float[indices.Length * Dimensions];
        for (var i = 0; i < indices.Length; i++)
            this[indices[i]].CopyTo(taken.AsSpan(i * Dimensions));
        return new LatentCodes(taken, Dimensions);
    }

    /// <summary>The squared Euclidean distance of two codes.</summary>
    public static double SquaredDistance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        // Lanes of a fixed width: the sum is the same on every machine.
        var (low, high, d) = (Vector256<double>.Zero, Vector256<double>.Zero, 0);
        for (; d + Vector256<float>.Count <= left.Length; d += Vector256<float>.Count)
        {
            var (a, b) = Vector256.Widen(Vector256.Create(left[d..]));
            var (x, y) = Vector256.Widen(Vector256.Create(right[d..]));
            low += (a - x) * (a - x);
            high += (b - y) * (b - y);
        }

        var sum = Vector256.Sum(low + high);
        for (; d < left.Length; d++)
        {
            var difference = (double)left[d] - right[d];
            sum += difference * difference;
        }

        return sum;
    }
}
