using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Disentanglement;

/// <summary>Mutual information of each latent dimension with each factor, by histograms of equal width.</summary>
public static class MutualInformation
{
    /// <summary>I(latent d; factor f) in nats, [dimensions, factors].</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="factors">The factor's class of each image, one array per factor.</param>
    /// <param name="bins">Bins of each dimension between its least and greatest value (Locatello et al. 2019 use 20).</param>
    public static double[,] Matrix(LatentCodes codes, IReadOnlyList<int[]> factors, int bins = 20)
    {
        var information = new double[codes.Dimensions, factors.Count];
        for (var d = 0; d < codes.Dimensions; d++)
        {
            var binned = Bin(codes, d, bins);
            for (var f = 0; f < factors.Count; f++)
                information[d, f] = Of(binned, factors[f]);
        }

        return information;
    }

    /// <summary>I(left; right) in nats of two discrete variables.</summary>
    public static double Of(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        if (left.Length != right.Length)
            throw new ArgumentException($"{left.Length} values meet {right.Length}", nameof(right));
        var (rows, columns) = (Size(left), Size(right));
        var table = new double[rows * columns];
        var rowSums = new double[rows];
        var columnSums = new double[columns];
        for (var i = 0; i < left.Length; i++)
        {
            table[left[i] * columns + right[i]]++;
            rowSums[left[i]]++;
            columnSums[right[i]]++;
        }

        var sum = 0.0;
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++)
                if (table[r * columns + c] is > 0 and var count)
                    sum += count / left.Length * Math.Log(count * left.Length / (rowSums[r] * columnSums[c]));
        return Math.Max(0, sum);
    }

    /// <summary>The entropy of a discrete variable in nats: its information about itself.</summary>
    public static double Entropy(ReadOnlySpan<int> values) => Of(values, values);

    private static int[] Bin(LatentCodes codes, int dimension, int bins)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        for (var i = 0; i < codes.Count; i++)
        {
            low = Math.Min(low, codes[i][dimension]);
            high = Math.Max(high, codes[i][dimension]);
        }

        var binned = new int[codes.Count];
        if (high > low)
            for (var i = 0; i < codes.Count; i++)
                binned[i] = Math.Min(bins - 1, (int)((codes[i][dimension] - (double)low) / ((double)high - low) * bins));
        return binned;
    }

    private static int Size(ReadOnlySpan<int> values)
    {
        var size = 0;
        foreach (var value in values)
            size = Math.Max(size, value + 1);
        return size;
    }
}
