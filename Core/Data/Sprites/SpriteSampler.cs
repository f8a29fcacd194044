namespace Orchestrator.Core.Data;

/// <summary>Renders chosen images of a grid as an <see cref="ImageSet"/> with labels and factors.</summary>
internal static class SpriteSampler
{
    /// <summary>Renders the images with the given indices, on all cores.</summary>
    public static ImageSet Render(
        SpriteGrid grid, int[] indices, string name, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        var size = grid.Shape.Pixels;
        var width = SpriteGrid.FactorNames.Count;
        var pixels = PinnedBytes.Allocate((long)indices.Length * size, name);
        var factors = new int[indices.Length * width];
        var labels = new byte[indices.Length];
        const int Block = 1024;
        var done = 0;
        Parallel.For(
            0,
            (indices.Length + Block - 1) / Block,
            new ParallelOptions { CancellationToken = cancellation },
            block =>
            {
                var end = Math.Min(indices.Length, (block + 1) * Block);
                for (var i = block * Block; i < end; i++)
                {
                    grid.Render(indices[i], pixels.AsSpan(i * size, size));
                    grid.Factors(indices[i], factors.AsSpan(i * width, width));
                    labels[i] = (byte)factors[i * width];
                }
                var sofar = Interlocked.Add(ref done, end - block * Block);
                progress?.Report(new DataProgress($"rendering {name}", sofar, indices.Length, "images"));
            });
        var table = new FactorTable(SpriteGrid.FactorNames, grid.FactorSizes, factors);
        return new ImageSet(grid.Shape, pixels, labels, table);
    }
}
