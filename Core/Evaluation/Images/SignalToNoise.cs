namespace Orchestrator.Core.Evaluation.Images;

/// <summary>Peak signal-to-noise ratio.</summary>
public static class SignalToNoise
{
    /// <summary>10 log10(1 / MSE) in decibels, for pixels in [0, 1]; infinite for equal images.</summary>
    /// <exception cref="ArgumentException">The images differ in size.</exception>
    public static double Peak(ReadOnlySpan<float> image, ReadOnlySpan<float> reconstruction)
    {
        if (image.Length != reconstruction.Length)
            throw new ArgumentException("the images differ in size", nameof(reconstruction));
        var sum = 0.0;
        for (var i = 0; i < image.Length; i++)
            sum += ((double)image[i] - reconstruction[i]) * ((double)image[i] - reconstruction[i]);
        return 10 * Math.Log10(image.Length / sum);
    }
}
