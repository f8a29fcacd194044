using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Latent.Projection;

/// <summary>The joint probabilities p(i, j) of t-SNE: how near two points are in the space that is projected.</summary>
internal static class JointProbabilities
{
    private const int Halvings = 60;

    // Rows are calibrated in blocks: the search needs several matrices as large as what it works on.
    private const int BlockRows = 125;
    private const float Least = 1e-12f;

    /// <summary>
    /// Gaussian neighbourhoods, each of the given perplexity, made symmetric: p(i, j) = (p(j|i) + p(i|j)) / 2n
    /// (van der Maaten and Hinton 2008, equations 1 and 12). [n, n], zero on the diagonal, sum one.
    /// </summary>
    public static Tensor Of(Tensor points, double perplexity)
    {
        using var scope = NewDisposeScope();
        var n = points.shape[0];
        var others = Others(n);
        var conditional = Conditional(points, others, perplexity);
        var joint = conditional + conditional.t();
        conditional.Dispose();
        return joint.div_((Scalar)(2.0 * n)).clamp_(min: Least).mul(others).MoveToOuterDisposeScope();
    }

    /// <summary>p(j|i), row by row, [n, n].</summary>
    private static Tensor Conditional(Tensor points, Tensor others, double perplexity)
    {
        using var scope = NewDisposeScope();
        var n = points.shape[0];
        using var distances = SquaredDistances(points);
        var blocks = new List<Tensor>();
        for (var first = 0L; first < n; first += BlockRows)
        {
            var rows = Math.Min(BlockRows, n - first);
            blocks.Add(Calibrated(distances.narrow(0, first, rows), others.narrow(0, first, rows), Math.Log(perplexity)));
        }
        return cat(blocks).MoveToOuterDisposeScope();
    }

    /// <summary>p(j|i) of some rows, each with the precision whose entropy is the target, [rows, n].</summary>
    private static Tensor Calibrated(Tensor distances, Tensor others, double entropyWanted)
    {
        using var scope = NewDisposeScope();
        var rows = distances.shape[0];
        var precision = ones([rows, 1]);
        var low = zeros([rows, 1]);
        var high = full([rows, 1], double.PositiveInfinity);
        for (var step = 0; step < Halvings; step++)
        {
            using var inner = NewDisposeScope();
            var (_, entropy) = Neighbourhoods(distances, others, precision);
            // Too much entropy asks for a sharper Gaussian; an open end of the bracket is doubled.
            var sharper = entropy.gt((Scalar)entropyWanted);
            low = where(sharper, precision, low);
            high = where(sharper, high, precision);
            precision = where(high.isinf(), precision * 2, (low + high) / 2);
            inner.MoveToOuter(low);
            inner.MoveToOuter(high);
            inner.MoveToOuter(precision);
        }
        return Neighbourhoods(distances, others, precision).Conditional.MoveToOuterDisposeScope();
    }

    /// <summary>Zero for a point and itself, one for every other pair, [n, n].</summary>
    public static Tensor Others(long n)
    {
        using var same = eye(n);
        return 1 - same;
    }

    /// <summary>Squared Euclidean distances, [n, n].</summary>
    public static Tensor SquaredDistances(Tensor points)
    {
        using var scope = NewDisposeScope();
        var squares = points.mul(points).sum(1, keepdim: true);
        // In place: the matrices are the largest that a trial's pictures need.
        return (squares + squares.t()).add_(points.matmul(points.t()), -2).clamp_(min: 0).MoveToOuterDisposeScope();
    }

    private static (Tensor Conditional, Tensor Entropy) Neighbourhoods(Tensor distances, Tensor others, Tensor precision)
    {
        // The nearest other point's distance is taken off first: the largest exponent is then zero. A point's own distance
        // would be below it, and its weight without bound where neighbours are far and alike: infinity times zero is no number.
        var nearest = (distances + (1 - others) * 1e30).min(1, true).values;
        var beyond = (distances - nearest).clamp(min: 0);
        var weights = (-beyond * precision).exp().mul(others);
        var sums = weights.sum(1, keepdim: true);
        var conditional = weights / sums;
        var entropy = sums.log() + precision * (beyond * conditional).sum(1, keepdim: true);
        return (conditional, entropy);
    }
}
