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
        var sum = 0.0;
        for (var d = 0; d < left.Length; d++)
        {
            var difference = (double)left[d] - right[d];
            sum += difference * difference;
        }

        return sum;
    }
}
