namespace Orchestrator.Core.Data;

/// <summary>The content of an IDX file of unsigned bytes.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Dimensions">Its dimensions, slowest first: <c>[count, height, width]</c> or <c>[count]</c>.</param>
/// <param name="Data">The values in pinned memory, row-major.</param>
/// <param name="Sha256">The digest of the whole decompressed file, header included, lower-case hex.</param>
public sealed record IdxArray(string Path, IReadOnlyList<int> Dimensions, ReadOnlyMemory<byte> Data, string Sha256)
{
    /// <summary>Number of images or labels.</summary>
    public int Count => Dimensions[0];
}
