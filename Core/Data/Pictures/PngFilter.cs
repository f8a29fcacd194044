namespace Orchestrator.Core.Data;

/// <summary>The row filters of PNG (ISO/IEC 15948, clause 9).</summary>
internal static class PngFilter
{
    /// <summary>
    /// Restores the samples in place; every row starts with the number of its filter. Returns the number of a filter that
    /// does not exist, or null.
    /// </summary>
    public static int? Undo(Span<byte> lines, int stride, int samplesPerPixel)
    {
        ReadOnlySpan<byte> above = new byte[stride];
        for (var start = 0; start < lines.Length; start += stride + 1)
        {
            var row = lines.Slice(start + 1, stride);
            var filter = lines[start];
            if (filter > 4)
                return filter;
            for (var i = 0; i < stride; i++)
            {
                var left = i >= samplesPerPixel ? row[i - samplesPerPixel] : 0;
                var corner = i >= samplesPerPixel ? above[i - samplesPerPixel] : 0;
                row[i] += (byte)(filter switch
                {
                    1 => left,
                    2 => above[i],
                    3 => (left + above[i]) / 2,
                    4 => Paeth(left, above[i], corner),
                    _ => 0,
                });
            }
            above = row;
        }
        return null;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (toLeft, toAbove, toCorner) =
            (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        if (toLeft <= toAbove && toLeft <= toCorner)
            return left;
        return toAbove <= toCorner ? above : corner;
    }
}
