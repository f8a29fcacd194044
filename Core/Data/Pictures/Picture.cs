namespace Orchestrator.Core.Data;

/// <summary>One picture of 8-bit samples, channels first like every image here.</summary>
/// <param name="Shape">1 channel is grey, 3 are red, green and blue.</param>
/// <param name="Pixels">Values <c>[channels, height, width]</c>, row-major.</param>
public sealed record Picture(ImageShape Shape, ReadOnlyMemory<byte> Pixels)
{
    /// <summary>A picture from samples that interleave their channels, <c>[height, width, channels]</c>.</summary>
    internal static Picture FromInterleaved(ImageShape shape, ReadOnlySpan<byte> samples)
    {
        var plane = shape.Height * shape.Width;
        var pixels = new byte[shape.Pixels];
        for (var channel = 0; channel < shape.Channels; channel++)
            for (var i = 0; i < plane; i++)
                pixels[channel * plane + i] = samples[i * shape.Channels + channel];
        return new Picture(shape, pixels);
    }
}
