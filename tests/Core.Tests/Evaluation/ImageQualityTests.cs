using Orchestrator.Core.Evaluation.Images;

namespace Orchestrator.Core.Tests.Evaluation;

public sealed class ImageQualityTests
{
    private static float[] Ramp(int side) => [.. Enumerable.Range(0, side * side).Select(i => (float)i / (side * side))];

    [Fact]
    public void Peak_signal_to_noise_equals_its_formula()
    {
        Assert.Equal(20.0, SignalToNoise.Peak([0, 0, 0, 0], [0.1f, 0.1f, -0.1f, 0.1f]), 5);
        Assert.True(double.IsPositiveInfinity(SignalToNoise.Peak([0.5f], [0.5f])));
    }

    [Fact]
    public void Structural_similarity_of_equal_images_is_one() =>
        Assert.Equal(1.0, StructuralSimilarity.Of(Ramp(28), Ramp(28), 28, 28), 9);

    [Fact]
    public void Structural_similarity_of_constant_images_is_the_luminance_term()
    {
        var black = new float[121];
        float[] grey = [.. Enumerable.Repeat(0.5f, 121)];
        // Without variance the second factor is 1: (2·0·0.5 + C1) / (0.25 + C1).
        Assert.Equal(1e-4 / (0.25 + 1e-4), StructuralSimilarity.Of(black, grey, 11, 11), 9);
    }

    [Fact]
    public void Structural_similarity_of_a_negative_is_below_zero()
    {
        var image = Ramp(16);
        float[] negative = [.. image.Select(x => 1 - x)];
        Assert.True(StructuralSimilarity.Of(image, negative, 16, 16) < 0);
    }

    [Fact]
    public void Images_below_the_window_are_refused() =>
        Assert.Throws<ArgumentException>(() => StructuralSimilarity.Of(new float[100], new float[100], 10, 10));
}
