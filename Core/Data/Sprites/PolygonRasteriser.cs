namespace Orchestrator.Core.Data;

/// <summary>
/// Fills polygons as a GPU does: vertices are rounded to 1/256 pixel, a pixel is lit when its centre is inside (even-odd),
/// left and bottom edges belong to the polygon, right and top edges do not. After the rounding everything is exact
/// integer arithmetic, so the same pixels come out everywhere.
/// </summary>
internal static class PolygonRasteriser
{
    private const int SubpixelBits = 8;
    private const int Subpixels = 1 << SubpixelBits;
    private const int Centre = Subpixels / 2;

    /// <summary>
    /// Fills the polygon <paramref name="offsets"/> around a centre. Each row of at most 64 pixels is one number, its
    /// leftmost pixel the most significant bit; bits beyond the image's width are undefined.
    /// </summary>
    public static void Fill(ReadOnlySpan<(double X, double Y)> offsets, double centreX, double centreY, Span<ulong> rows)
    {
        rows.Clear();
        var (fromX, fromY) = Snap(offsets[^1], centreX, centreY);
        foreach (var offset in offsets)
        {
            var (toX, toY) = Snap(offset, centreX, centreY);
            if (fromY < toY)
                Cross(fromX, fromY, toX, toY, rows);
            else if (toY < fromY)
                Cross(toX, toY, fromX, fromY, rows);
            (fromX, fromY) = (toX, toY);
        }
    }

    private static (int X, int Y) Snap((double X, double Y) offset, double centreX, double centreY) =>
        ((int)Math.Round((centreX + offset.X) * Subpixels), (int)Math.Round((centreY + offset.Y) * Subpixels));

    /// <summary>Toggles, in every row whose centre line the edge crosses, all pixels with their centre right of it.</summary>
    private static void Cross(int topX, int topY, int bottomX, int bottomY, Span<ulong> rows)
    {
        var height = bottomY - topY;
        var first = Math.Max(0, ((topY - Centre) >> SubpixelBits) + 1);
        var end = Math.Min(rows.Length, ((bottomY - Centre) >> SubpixelBits) + 1);
        for (var row = first; row < end; row++)
        {
            var fallen = row * Subpixels + Centre - topY;
            var numerator = fallen * (bottomX - topX) + (topX - Centre) * height;
            var column = Math.Max(0, CeilingDivide(numerator, height * Subpixels));
            if (column < 64)
                rows[row] ^= ulong.MaxValue >> column;
        }
    }

    private static int CeilingDivide(int numerator, int positive)
    {
        var (quotient, remainder) = Math.DivRem(numerator, positive);
        return remainder > 0 ? quotient + 1 : quotient;
    }
}
