using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Latent.Projection;

/// <summary>
/// t-distributed stochastic neighbour embedding (van der Maaten and Hinton 2008), exact, in two dimensions. It starts
/// from the first two principal components, so that the picture of the same codes is always the same.
/// </summary>
public static class StochasticNeighbours
{
    private const int Exaggerated = 250;
    private const double Exaggeration = 12;
    private const double LeastGain = 0.01;

    /// <summary>Where the points lie, and the Kullback-Leibler divergence that is left, in nats.</summary>
    /// <param name="Points">[n, 2].</param>
    /// <param name="Divergence">KL(P || Q) of the final embedding.</param>
    public sealed record Embedding(LatentCodes Points, double Divergence);

    /// <summary>Embeds codes; needs memory for about six n-by-n matrices.</summary>
    /// <param name="codes">The codes, more than three.</param>
    /// <param name="perplexity">The effective number of neighbours, below the number of codes.</param>
    /// <param name="iterations">Steps of gradient descent, the first 250 with exaggerated attraction.</param>
    /// <exception cref="ArgumentException">There are too few codes for the perplexity.</exception>
    public static Embedding Embed(LatentCodes codes, double perplexity = 30, int iterations = 1000)
    {
        if (codes.Count <= 3 || perplexity >= codes.Count)
            throw new ArgumentException($"{codes.Count} codes cannot have {perplexity} neighbours each", nameof(codes));
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var points = tensor(codes.Values.ToArray(), [codes.Count, codes.Dimensions]);
        var joint = JointProbabilities.Of(points, perplexity);
        var embedded = Start(codes);
        var velocity = zeros_like(embedded);
        var gains = ones_like(embedded);
        var rate = Math.Max(50, codes.Count / Exaggeration / 4);
        for (var step = 0; step < iterations; step++)
        {
            using var inner = NewDisposeScope();
            var exaggerated = step < Exaggerated;
            var gradient = Gradient(joint * (exaggerated ? Exaggeration : 1), embedded);
            // Delta-bar-delta: a step grows where its direction holds and shrinks where it turns (Jacobs 1988).
            var holds = gradient.mul(velocity).lt((Scalar)0);
            gains = where(holds, gains + 0.2, gains * 0.8).clamp(min: LeastGain);
            velocity = velocity * (exaggerated ? 0.5 : 0.8) - gains * gradient * rate;
            embedded = embedded + velocity;
            inner.MoveToOuter(gains);
            inner.MoveToOuter(velocity);
            inner.MoveToOuter(embedded);
        }

        var divergence = Divergence(joint, embedded);
        return new Embedding(new LatentCodes(embedded.contiguous().data<float>().ToArray(), 2), divergence);
    }

    // The first two components, scaled so that the first has a standard deviation of 1e-4.
    private static Tensor Start(LatentCodes codes)
    {
        var components = PrincipalComponents.Of(codes);
        var projected = components.Project(codes, Math.Min(2, codes.Dimensions));
        var spread = Math.Sqrt(components.ExplainedVariance[0]);
        var start = new float[codes.Count * 2];
        for (var i = 0; i < codes.Count; i++)
            for (var d = 0; d < projected.Dimensions; d++)
                start[2 * i + d] = (float)(spread > 0 ? projected[i][d] / spread * 1e-4 : 0);
        return tensor(start, [codes.Count, 2]);
    }

    private static (Tensor Kernel, Tensor Normalized) StudentT(Tensor embedded)
    {
        var kernel = (JointProbabilities.SquaredDistances(embedded) + 1).reciprocal();
        kernel = kernel * (1 - eye(embedded.shape[0]));
        return (kernel, kernel / kernel.sum());
    }

    // 4 Σ (p - q) k (y_i - y_j), equation 5.
    private static Tensor Gradient(Tensor joint, Tensor embedded)
    {
        var (kernel, normalized) = StudentT(embedded);
        var forces = (joint - normalized) * kernel;
        return (forces.sum(1, keepdim: true) * embedded - forces.matmul(embedded)) * 4;
    }

    private static double Divergence(Tensor joint, Tensor embedded)
    {
        var (_, normalized) = StudentT(embedded);
        var present = joint.clamp(min: 1e-12);
        return (joint * (present.log() - normalized.clamp(min: 1e-12).log())).sum().ToDouble();
    }
}
