using System.Runtime.InteropServices;
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
    private const float Exaggeration = 12;
    private const float LeastGain = 0.01f;

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
        var forces = new NeighbourForces(MemoryMarshal.Cast<byte, float>(joint.contiguous().bytes), codes.Count);
        var embedded = Start(codes);
        Descend(forces, embedded, iterations, rate: Math.Max(50f, codes.Count / (float)Exaggeration / 4));
        var divergence = Divergence(joint, tensor(embedded, [codes.Count, 2]));
        return new Embedding(new LatentCodes(embedded, 2), divergence);
    }

    private static void Descend(NeighbourForces forces, float[] embedded, int iterations, float rate)
    {
        var gradient = new float[embedded.Length];
        var velocity = new float[embedded.Length];
        var gains = new float[embedded.Length];
        Array.Fill(gains, 1f);
        for (var step = 0; step < iterations; step++)
        {
            var exaggerated = step < Exaggerated;
            forces.Gradient(embedded, exaggerated ? Exaggeration : 1, gradient);
            var momentum = exaggerated ? 0.5f : 0.8f;
            for (var i = 0; i < embedded.Length; i++)
            {
                // Delta-bar-delta: a step grows where its direction holds and shrinks where it turns (Jacobs 1988).
                gains[i] = Math.Max(LeastGain, gradient[i] * velocity[i] < 0 ? gains[i] + 0.2f : gains[i] * 0.8f);
                velocity[i] = momentum * velocity[i] - rate * gains[i] * gradient[i];
                embedded[i] += velocity[i];
            }
        }
    }

    // The first two components, scaled so that the first has a standard deviation of 1e-4.
    private static float[] Start(LatentCodes codes)
    {
        var components = PrincipalComponents.Of(codes);
        var projected = components.Project(codes, Math.Min(2, codes.Dimensions));
        var spread = Math.Sqrt(components.ExplainedVariance[0]);
        var start = new float[codes.Count * 2];
        for (var i = 0; i < codes.Count; i++)
            for (var d = 0; d < projected.Dimensions; d++)
                start[2 * i + d] = (float)(spread > 0 ? projected[i][d] / spread * 1e-4 : 0);
        return start;
    }

    /// <summary>The q(i, j) of the embedding, [n, n], equation 4.</summary>
    private static Tensor StudentT(Tensor embedded)
    {
        using var scope = NewDisposeScope();
        var distances = JointProbabilities.SquaredDistances(embedded);
        var kernels = distances.add_(1).reciprocal();
        distances.Dispose();
        var kernel = kernels * JointProbabilities.Others(embedded.shape[0]);
        kernels.Dispose();
        return (kernel / kernel.sum()).MoveToOuterDisposeScope();
    }

    private static double Divergence(Tensor joint, Tensor embedded)
    {
        using var scope = NewDisposeScope();
        var normalized = StudentT(embedded).clamp_(min: 1e-12);
        var expected = normalized.log();
        normalized.Dispose();
        var present = joint.clamp(min: 1e-12);
        var ratio = present.log().add_(expected, -1);
        present.Dispose();
        return (joint * ratio).sum().ToDouble();
    }
}
