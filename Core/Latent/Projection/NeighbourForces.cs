using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestrator.Core.Latent.Projection;

/// <summary>
/// The gradient of t-SNE in one pass over the pairs: attraction, repulsion and their normalization together, eight points
/// at a time. Lanes have a fixed width, so that the embedding is the same on every machine.
/// </summary>
internal sealed class NeighbourForces
{
    // So far away that its kernel is exactly zero.
    private const float Nowhere = 1e30f;

    private readonly int _count;
    private readonly int _stride;
    private readonly float[] _joint;
    private readonly float[] _x;
    private readonly float[] _y;

    /// <summary>Forces for joint probabilities <c>[count, count]</c>.</summary>
    public NeighbourForces(ReadOnlySpan<float> joint, int count)
    {
        _count = count;
        _stride = (count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        _joint = new float[_stride * count];
        for (var i = 0; i < count; i++)
            joint.Slice(i * count, count).CopyTo(_joint.AsSpan(i * _stride));
        _x = new float[_stride];
        _y = new float[_stride];
        Array.Fill(_x, Nowhere);
        Array.Fill(_y, Nowhere);
    }

    /// <summary>4 Σ (exaggeration · p − q) k (y_i − y_j) into <paramref name="gradient"/>, equation 5; points and gradient are <c>[count, 2]</c>.</summary>
    public void Gradient(ReadOnlySpan<float> points, float exaggeration, Span<float> gradient)
    {
        for (var i = 0; i < _count; i++)
            (_x[i], _y[i]) = (points[2 * i], points[2 * i + 1]);
        var repulsion = new float[2 * _count];
        // A point's kernel with itself is one and is no pair.
        double kernels = -_count;
        for (var i = 0; i < _count; i++)
            kernels += Point(i, gradient.Slice(2 * i, 2), repulsion.AsSpan(2 * i, 2));
        for (var d = 0; d < repulsion.Length; d++)
            gradient[d] = 4 * (exaggeration * gradient[d] - (float)(repulsion[d] / kernels));
    }

    private float Point(int i, Span<float> attraction, Span<float> repulsion)
    {
        var (x, y) = (Vector256.Create(_x[i]), Vector256.Create(_y[i]));
        var (pullX, pullY) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var (pushX, pushY) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var kernels = Vector256<float>.Zero;
        var xs = MemoryMarshal.Cast<float, Vector256<float>>(_x);
        var ys = MemoryMarshal.Cast<float, Vector256<float>>(_y);
        var joint = MemoryMarshal.Cast<float, Vector256<float>>(_joint.AsSpan(i * _stride, _stride));
        for (var j = 0; j < joint.Length; j++)
        {
            var (dx, dy) = (x - xs[j], y - ys[j]);
            var kernel = Vector256<float>.One / (Vector256<float>.One + dx * dx + dy * dy);
            var pull = joint[j] * kernel;
            var push = kernel * kernel;
            pullX += pull * dx;
            pullY += pull * dy;
            pushX += push * dx;
            pushY += push * dy;
            kernels += kernel;
        }
        (attraction[0], attraction[1]) = (Vector256.Sum(pullX), Vector256.Sum(pullY));
        (repulsion[0], repulsion[1]) = (Vector256.Sum(pushX), Vector256.Sum(pushY));
        return Vector256.Sum(kernels);
    }
}
