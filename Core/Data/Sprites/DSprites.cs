using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Orchestrator.Core.Data;

/// <summary>
/// dSprites (Matthey, Higgins, Hassabis, Lerchner, 2017): 737,280 images of 64x64 pixels, 3 shapes x 6 scales x
/// 40 orientations x 32 x 32 positions, rendered by the recovered generator. It agrees with every published frame; up to
/// a few edge pixels of the whole set are not proven identical to the published archive.
/// </summary>
/// <remarks>
/// Orientations are spread over the closed circle, as published, so orientation 39 shows the same image as orientation 0.
/// The square repeats after 90 and the ellipse after 180 degrees, which are no whole steps of the circle.
/// </remarks>
public static class DSprites
{
    /// <summary>
    /// SHA-256 of all images packed to bits: canonical order, rows top to bottom, leftmost pixel in the most significant
    /// bit; 377,487,360 bytes.
    /// </summary>
    public const string PackedSha256 = "3a228f4037ef3d42a42588e0e01f1078aa2df13cfa17584e88c95ed9fb5672da";

    private const int BlockImages = 1024;
    private const int PackedBytes = 512;

    /// <summary>All 737,280 images in the published order.</summary>
    public static SpriteGrid Grid { get; } = new(
        side: 64,
        unit: 9.6,
        scales: Grid1D(6, i => .5 + .1 * i),
        angles: Grid1D(40, i => 2 * Math.PI * i / 39),
        centresX: Grid1D(32, i => 16 + 32.0 * i / 31),
        centresY: Grid1D(32, i => 16 + 32.0 * i / 31));

    /// <summary>Renders one image packed to 512 bytes, in the layout of <see cref="PackedSha256"/>.</summary>
    public static void RenderPacked(int index, Span<byte> packed)
    {
        Span<ulong> rows = stackalloc ulong[64];
        Grid.RenderRows(index, rows);
        for (var row = 0; row < rows.Length; row++)
            BinaryPrimitives.WriteUInt64BigEndian(packed[(row * 8)..], rows[row]);
    }

    /// <summary>Renders the whole set on all cores and returns its digest, to be compared with <see cref="PackedSha256"/>.</summary>
    public static string ComputePackedSha256(CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var blocks = Enumerable.Range(0, Grid.Count / BlockImages);
        foreach (var block in blocks.AsParallel().AsOrdered().WithCancellation(cancellation)
                     .WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(RenderBlock))
            hash.AppendData(block);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] RenderBlock(int block)
    {
        var packed = new byte[BlockImages * PackedBytes];
        for (var i = 0; i < BlockImages; i++)
            RenderPacked(block * BlockImages + i, packed.AsSpan(i * PackedBytes, PackedBytes));
        return packed;
    }

    private static double[] Grid1D(int count, Func<int, double> at) => [.. Enumerable.Range(0, count).Select(at)];
}
