namespace Orchestrator.Core.Data;

/// <summary>
/// A full grid of sprite images: every combination of shape, scale, orientation and position, rendered on demand.
/// The index of an image counts combinations with posY varying fastest, then posX, orientation, scale and shape.
/// </summary>
public sealed class SpriteGrid
{
    private readonly (double X, double Y)[][] outlines;
    private readonly double[] centresX;
    private readonly double[] centresY;

    internal SpriteGrid(int side, double unit, double[] scales, double[] angles, double[] centresX, double[] centresY)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, 64);
        Shape = new ImageShape(1, side, side);
        (this.centresX, this.centresY) = (centresX, centresY);
        FactorSizes = [SpriteOutlines.Names.Length, scales.Length, angles.Length, centresX.Length, centresY.Length];
        Count = FactorSizes.Aggregate((product, size) => product * size);
        outlines = [.. from outline in SpriteOutlines.Create(unit)
                       from scale in scales
                       from angle in angles
                       select Place(outline, scale, angle)];
    }

    /// <summary>Names of the factors, slowest-varying first.</summary>
    public static IReadOnlyList<string> FactorNames { get; } = ["shape", "scale", "orientation", "posX", "posY"];

    /// <summary>Names of the values of the factor <c>shape</c>, which is also the class label.</summary>
    public static IReadOnlyList<string> ClassNames => SpriteOutlines.Names;

    /// <summary>One channel, square, at most 64 pixels wide.</summary>
    public ImageShape Shape { get; }

    /// <summary>Number of values of each factor.</summary>
    public IReadOnlyList<int> FactorSizes { get; }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>Writes the five factor indices of an image.</summary>
    public void Factors(int index, Span<int> factors)
    {
        CheckIndex(index);
        for (var factor = FactorSizes.Count - 1; factor >= 0; factor--)
            (index, factors[factor]) = Math.DivRem(index, FactorSizes[factor]);
    }

    /// <summary>The index of the image with the given five factors.</summary>
    public int IndexOf(ReadOnlySpan<int> factors)
    {
        var index = 0;
        for (var factor = 0; factor < FactorSizes.Count; factor++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(factors[factor]);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(factors[factor], FactorSizes[factor]);
            index = index * FactorSizes[factor] + factors[factor];
        }
        return index;
    }

    /// <summary>Renders one image to bytes 0 and 255, <c>[1, side, side]</c>.</summary>
    public void Render(int index, Span<byte> pixels)
    {
        Span<ulong> rows = stackalloc ulong[Shape.Height];
        RenderRows(index, rows);
        for (var row = 0; row < rows.Length; row++)
            PixelBits.Expand(rows[row], pixels.Slice(row * Shape.Width, Shape.Width));
    }

    /// <summary>Renders one image to a number per row, the leftmost pixel in the most significant bit.</summary>
    internal void RenderRows(int index, Span<ulong> rows)
    {
        CheckIndex(index);
        var (placement, position) = Math.DivRem(index, centresX.Length * centresY.Length);
        var (column, row) = Math.DivRem(position, centresY.Length);
        PolygonRasteriser.Fill(outlines[placement], centresX[column], centresY[row], rows);
    }

    private static (double X, double Y)[] Place((double X, double Y)[] outline, double scale, double angle)
    {
        var (sine, cosine) = (Math.Sin(angle), Math.Cos(angle));
        return [.. outline.Select(p => (scale * (cosine * p.X + sine * p.Y), scale * (-sine * p.X + cosine * p.Y)))];
    }

    private void CheckIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
    }
}
