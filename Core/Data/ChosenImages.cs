namespace Orchestrator.Core.Data;

/// <summary>Takes images out of a set.</summary>
internal static class ChosenImages
{
    /// <summary>The images of some indices with their labels, in the order of the set; known factors are left behind.</summary>
    public static ImageSet Choose(this ImageSet all, int[] indices, string where)
    {
        Array.Sort(indices);
        var size = all.Shape.Pixels;
        var pixels = PinnedBytes.Allocate((long)indices.Length * size, where);
        for (var i = 0; i < indices.Length; i++)
            all.Image(indices[i]).CopyTo(pixels.AsSpan(i * size));
        if (all.Labels is not { } labels)
            return new ImageSet(all.Shape, pixels);
        return new ImageSet(all.Shape, pixels, Array.ConvertAll(indices, i => labels.Span[i]));
    }
}
