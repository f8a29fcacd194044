using System.Numerics;
using System.Runtime.InteropServices;

namespace Orchestrator.Core.Data;

/// <summary>Reconstructs images from their first principal components and measures the error.</summary>
internal static class PcaReconstruction
{
    /// <summary>Squared error and cross-entropy per image, for each of the ascending numbers of components.</summary>
    public static (int Components, double Sse, double Bce)[] Measure(
        ImageSet set, double[] mean, double[][] vectors, int[] components)
    {
        var sse = new double[set.Count, components.Length];
        var bce = new double[set.Count, components.Length];
        Parallel.For(0, set.Count, image =>
        {
            var target = new double[mean.Length];
            var centred = new double[mean.Length];
            var pixels = set.Image(image);
            for (var pixel = 0; pixel < pixels.Length; pixel++)
            {
                target[pixel] = pixels[pixel] / 255.0;
                centred[pixel] = target[pixel] - mean[pixel];
            }
            var reconstruction = mean.ToArray();
            var used = 0;
            for (var point = 0; point < components.Length; point++)
            {
                for (; used < components[point]; used++)
                    AddScaled(reconstruction, Dot(centred, vectors[used]), vectors[used]);
                (sse[image, point], bce[image, point]) = Errors(target, reconstruction);
            }
        });
        return [.. components.Select((count, point) => (count, Average(sse, point), Average(bce, point)))];
    }

    private static double Average(double[,] perImage, int point) =>
        Enumerable.Range(0, perImage.GetLength(0)).Average(image => perImage[image, point]);

    private static double Dot(double[] left, double[] right)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(left.AsSpan());
        var b = MemoryMarshal.Cast<double, Vector<double>>(right.AsSpan());
        var sum = Vector<double>.Zero;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        var total = Vector.Sum(sum);
        for (var i = a.Length * Vector<double>.Count; i < left.Length; i++)
            total += left[i] * right[i];
        return total;
    }

    private static void AddScaled(double[] target, double factor, double[] vector)
    {
        var to = MemoryMarshal.Cast<double, Vector<double>>(target.AsSpan());
        var from = MemoryMarshal.Cast<double, Vector<double>>(vector.AsSpan());
        for (var i = 0; i < to.Length; i++)
            to[i] += factor * from[i];
        for (var i = to.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += factor * vector[i];
    }

    private static (double Sse, double Bce) Errors(double[] target, double[] reconstruction)
    {
        double squared = 0, cross = 0;
        for (var i = 0; i < target.Length; i++)
        {
            var difference = target[i] - reconstruction[i];
            squared += difference * difference;
            cross += Bernoulli.CrossEntropy(target[i], reconstruction[i], Bernoulli.ReconstructionClip);
        }
        return (squared, cross);
    }
}
