namespace Orchestrator.Core.Data;

/// <summary>
/// Images as bytes, with their class labels and generative factors where known.
/// The pixels of loaded sets lie in pinned memory, so a device can read them in place.
/// </summary>
public sealed class ImageSet
{
    /// <summary>A set over existing memory; nothing is copied.</summary>
    /// <exception cref="ArgumentException">Lengths of pixels, labels and factors do not fit each other.</exception>
    public ImageSet(
        ImageShape shape,
        ReadOnlyMemory<byte> pixels,
        ReadOnlyMemory<byte>? labels = null,
        FactorTable? factors = null)
    {
        if (shape.Pixels <= 0 || pixels.Length % shape.Pixels != 0)
            throw new ArgumentException($"{pixels.Length} bytes are no whole images of {shape}.", nameof(pixels));
        (Shape, Pixels, Labels, Factors) = (shape, pixels, labels, factors);
        Count = pixels.Length / shape.Pixels;
        if (labels is { } known && known.Length != Count)
            throw new ArgumentException($"{known.Length} labels for {Count} images.", nameof(labels));
        if (factors is not null && factors.Count != Count)
            throw new ArgumentException($"{factors.Count} rows of factors for {Count} images.", nameof(factors));
    }

    /// <summary>The shape of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>Values 0 to 255, <c>[count, channels, height, width]</c>, row-major.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Class labels <c>[count]</c>, each below the data set's class count; null when there are none.</summary>
    public ReadOnlyMemory<byte>? Labels { get; }

    /// <summary>Known generative factors; null when there are none.</summary>
    public FactorTable? Factors { get; }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>The pixels of one image, <c>[channels, height, width]</c>.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.Span.Slice(index * Shape.Pixels, Shape.Pixels);
}
