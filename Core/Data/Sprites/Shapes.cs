namespace Orchestrator.Core.Data;

/// <summary>
/// The outlines of dSprites at MNIST's 28x28 pixels, on a smaller grid, for the same networks as MNIST: 3 shapes x
/// 4 scales x 10 orientations x 10 x 10 positions = 12,000 binary images (no grey edges, so that Bernoulli is a true
/// likelihood).
/// </summary>
/// <remarks>
/// Orientations are spread over the half-open quarter circle [0, 90) degrees in steps of 9. The square repeats after 90
/// degrees and the ellipse after 180, so within the quarter no two orientations of a shape coincide, and the angle is
/// identifiable and grows with its index: 11,996 of the images are distinct, four small squares have a twin. Sprites are
/// larger in proportion than those of dSprites (half side 6.1 pixels at full scale), because an orientation of a smaller
/// one could not be seen in 28 pixels. Every sprite lies wholly inside its image.
/// </remarks>
public static class Shapes
{
    /// <summary>All 12,000 images.</summary>
    public static SpriteGrid Grid { get; } = new(
        side: 28,
        unit: 6.1,
        scales: [.. Enumerable.Range(0, 4).Select(i => .7 + .1 * i)],
        angles: [.. Enumerable.Range(0, 10).Select(i => Math.PI / 2 * i / 10)],
        centresX: [.. Enumerable.Range(0, 10).Select(i => 8.9 + 10.2 * i / 9)],
        centresY: [.. Enumerable.Range(0, 10).Select(i => 8.9 + 10.2 * i / 9)]);
}
