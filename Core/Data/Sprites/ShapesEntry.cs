namespace Orchestrator.Core.Data;

/// <summary>The catalogue's entry <c>shapes</c>: 10,000 training and 2,000 test images of <see cref="Shapes"/>.</summary>
internal static class ShapesEntry
{
    private const int TestCount = 2000;

    // Part of the fingerprint: to be raised when the rendered bytes or the split change.
    private const string Definition = "shapes 1: 3x4x10x10x10 at 28x28, test 2000";

    public static DatasetEntry Entry { get; } = new()
    {
        Name = "shapes",
        Description = "12,000 rendered images of 28x28 pixels (square, ellipse, heart; scale, orientation, position known), "
            + "10,000 to train and 2,000 to test. No download.",
        KnownContent = _ => new(
            Shapes.Grid.Shape,
            SpriteGrid.ClassNames.Count,
            Shapes.Grid.Count - TestCount,
            DatasetFingerprint.OfGenerator(Definition)),
        Loader = (_, request, cancellation) => Task.Run(() => Load(request, cancellation), cancellation),
    };

    private static Dataset Load(DatasetRequest request, CancellationToken cancellation)
    {
        var order = Permutation.Create(Shapes.Grid.Count, SeedSequence.Derive(0, "shapes test"));
        ImageSet Render(int[] indices) =>
            SpriteSampler.Render(Shapes.Grid, indices, Entry.Name, request.Progress, cancellation);
        return new Dataset(
            Entry.Name,
            Entry.Description,
            Render(order[TestCount..]),
            Render(order[..TestCount]),
            SpriteGrid.ClassNames.Count,
            SpriteGrid.ClassNames,
            DatasetFingerprint.OfGenerator(Definition));
    }
}
