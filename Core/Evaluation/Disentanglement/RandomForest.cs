using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Disentanglement;

/// <summary>
/// A small random forest (Breiman 2001) on latent codes: trees on bootstrap samples, a random third of the dimensions
/// (at least two) tried at each split, thresholds at quantiles, Gini impurity. Gives class votes and importances.
/// </summary>
public sealed class RandomForest
{
    private const int Thresholds = 24;
    private readonly List<Node[]> _trees = [];
    private readonly int _classes;
    private readonly double[] _importances;

    private RandomForest(int classes, int dimensions) => (_classes, _importances) = (classes, new double[dimensions]);

    /// <summary>Each dimension's share of the impurity removed, summing to one (all zero where nothing was).</summary>
    public IReadOnlyList<double> Importances
    {
        get
        {
            var sum = _importances.Sum();
            return [.. _importances.Select(value => sum > 0 ? value / sum : 0)];
        }
    }

    /// <summary>Grows the forest.</summary>
    public static RandomForest Fit(LatentCodes codes, int[] labels, int classes, ulong seed, int trees = 10, int depth = 12)
    {
        var forest = new RandomForest(classes, codes.Dimensions);
        var thresholds = Quantiles(codes);
        for (var tree = 0; tree < trees; tree++)
        {
            var random = new Draws(SeedSequence.Derive(seed, "tree", (ulong)tree));
            var sample = new int[codes.Count];
            for (var i = 0; i < sample.Length; i++)
                sample[i] = random.Below(codes.Count);
            var nodes = new List<Node>();
            forest.Grow(codes, labels, thresholds, sample, depth, nodes, random);
            forest._trees.Add([.. nodes]);
        }

        return forest;
    }

    /// <summary>The share of codes whose label wins the trees' vote.</summary>
    public double Accuracy(LatentCodes codes, int[] labels)
    {
        var right = 0;
        var votes = new int[_classes];
        for (var i = 0; i < codes.Count; i++)
        {
            Array.Clear(votes);
            foreach (var tree in _trees)
                votes[Leaf(tree, codes[i])]++;
            if (Array.IndexOf(votes, votes.Max()) == labels[i])
                right++;
        }

        return (double)right / codes.Count;
    }

    private static int Leaf(Node[] tree, ReadOnlySpan<float> code)
    {
        var node = tree[0];
        while (node.Dimension >= 0)
            node = tree[code[node.Dimension] <= node.Threshold ? node.Left : node.Right];
        return node.Label;
    }

    private int Grow(
        LatentCodes codes, int[] labels, float[][] thresholds, int[] sample, int depth, List<Node> nodes, Draws random)
    {
        var index = nodes.Count;
        var counts = new int[_classes];
        foreach (var i in sample)
            counts[labels[i]]++;
        nodes.Add(new Node(-1, 0, 0, 0, Array.IndexOf(counts, counts.Max())));
        if (depth == 0 || sample.Length < 4 || counts.Max() == sample.Length)
            return index;

        var (dimension, threshold, gain) = BestSplit(codes, labels, thresholds, sample, counts, random);
        if (gain <= 1e-12)
            return index;
        _importances[dimension] += gain;
        var left = Grow(codes, labels, thresholds, [.. sample.Where(i => codes[i][dimension] <= threshold)], depth - 1, nodes, random);
        var right = Grow(codes, labels, thresholds, [.. sample.Where(i => codes[i][dimension] > threshold)], depth - 1, nodes, random);
        nodes[index] = nodes[index] with { Dimension = dimension, Threshold = threshold, Left = left, Right = right };
        return index;
    }

    private (int Dimension, float Threshold, double Gain) BestSplit(
        LatentCodes codes, int[] labels, float[][] thresholds, int[] sample, int[] counts, Draws random)
    {
        var tried = random.Choose(codes.Dimensions, Math.Min(codes.Dimensions, Math.Max(2, codes.Dimensions / 3)));
        var best = (Dimension: 0, Threshold: 0f, Gain: 0.0);
        var whole = Impurity(counts, sample.Length);
        foreach (var dimension in tried)
        {
            var table = new int[thresholds[dimension].Length + 1][];
            for (var t = 0; t < table.Length; t++)
                table[t] = new int[_classes];
            foreach (var i in sample)
                table[BinOf(thresholds[dimension], codes[i][dimension])][labels[i]]++;

            var left = new int[_classes];
            var leftSize = 0;
            for (var t = 0; t < thresholds[dimension].Length; t++)
            {
                for (var c = 0; c < _classes; c++)
                    left[c] += table[t][c];
                leftSize += table[t].Sum();
                if (leftSize == 0 || leftSize == sample.Length)
                    continue;
                var right = new int[_classes];
                for (var c = 0; c < _classes; c++)
                    right[c] = counts[c] - left[c];
                var gain = whole - Impurity(left, leftSize) - Impurity(right, sample.Length - leftSize);
                if (gain > best.Gain)
                    best = (dimension, thresholds[dimension][t], gain);
            }
        }

        return best;
    }

    // Gini impurity times the size, so that differences weigh large nodes more.
    private static double Impurity(int[] counts, int size)
    {
        var squares = 0.0;
        foreach (var count in counts)
            squares += (double)count * count;
        return size - squares / size;
    }

    private static int BinOf(float[] thresholds, float value)
    {
        var position = Array.BinarySearch(thresholds, value);
        return position >= 0 ? position : ~position;
    }

    private static float[][] Quantiles(LatentCodes codes)
    {
        var quantiles = new float[codes.Dimensions][];
        var column = new float[codes.Count];
        for (var d = 0; d < codes.Dimensions; d++)
        {
            for (var i = 0; i < codes.Count; i++)
                column[i] = codes[i][d];
            Array.Sort(column);
            quantiles[d] = [.. Enumerable.Range(1, Thresholds).Select(t => column[(int)((long)t * codes.Count / (Thresholds + 1))]).Distinct()];
        }

        return quantiles;
    }

    private sealed record Node(int Dimension, float Threshold, int Left, int Right, int Label);

    private sealed class Draws(ulong seed)
    {
        private SplitMix64 _random = new(seed);

        public int Below(int bound) => _random.Below(bound);

        public int[] Choose(int count, int chosen)
        {
            var all = Enumerable.Range(0, count).ToArray();
            for (var i = 0; i < chosen; i++)
            {
                var other = i + Below(count - i);
                (all[i], all[other]) = (all[other], all[i]);
            }

            return all[..chosen];
        }
    }
}
