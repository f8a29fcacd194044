using System.Text.Json;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Artifacts.Plots;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Latent.Projection;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The latent space of the sampled test images in two dimensions: principal components and t-SNE.</summary>
internal sealed class LatentMap
{
    private const int MostEmbedded = 1000;
    private const int Iterations = 500;
    private const double Perplexity = 30;

    private readonly LatentSnapshot _snapshot;
    private readonly LatentCodes _plane;
    private readonly LatentCodes _components;
    private readonly LatentCodes? _neighbours;
    private readonly Thumbnails _thumbnails;

    /// <summary>Projects a snapshot of at least two images.</summary>
    public LatentMap(LatentSnapshot snapshot)
    {
        _snapshot = snapshot;
        var codes = snapshot.Codes;
        _components = Planar(PrincipalComponents.Of(codes).Project(codes, Math.Min(2, codes.Dimensions)));
        _plane = codes.Dimensions == 2 ? codes : _components;
        var embedded = Math.Min(MostEmbedded, codes.Count);
        _thumbnails = Artifacts.Thumbnails.Of(snapshot, embedded);
        // Codes that do not differ have no neighbourhoods.
        if (embedded > 3 * Perplexity && Spread(_components) > 0)
            _neighbours = StochasticNeighbours.Embed(codes.Take([.. Enumerable.Range(0, embedded)]), Perplexity, Iterations).Points;
    }

    /// <summary>The images themselves, small, on one sheet.</summary>
    public Picture Thumbnails => _thumbnails.Sheet;

    /// <summary>True where there were enough different codes for t-SNE.</summary>
    public bool HasNeighbours => _neighbours is not null;

    /// <summary>The codes themselves where they have two dimensions, else their first two principal components.</summary>
    public Picture DrawPlane()
    {
        var plot = new ScatterPlot(_plane, ticks: true);
        plot.Dots(_snapshot.Labels);
        return plot.Picture;
    }

    /// <summary>The t-SNE map with images in it.</summary>
    public Picture DrawNeighbours()
    {
        var plot = new ScatterPlot(_neighbours!, ticks: false);
        plot.Dots(_snapshot.Labels?[.._neighbours!.Count]);
        var pixels = Array.ConvertAll(
            _snapshot.Images[..(_neighbours!.Count * _snapshot.Shape.Pixels)], value => (byte)Math.Round(value * 255));
        plot.Thumbnails(_snapshot.Shape, pixels, _snapshot.Labels);
        return plot.Picture;
    }

    /// <summary>
    /// Both projections as JSON, for at most 1,000 images: <c>indices</c> into the test images, <c>labels</c> (null without),
    /// <c>pca</c> and <c>tsne</c> (null without) as pairs, <c>codes</c> as pairs where the code has two dimensions, else null;
    /// <c>thumbnails</c> says where on the sheet an image's small picture is.
    /// </summary>
    public byte[] ToJson()
    {
        var count = Math.Min(MostEmbedded, _snapshot.Count);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteNumber("latent", _snapshot.Codes.Dimensions);
            Numbers(json, "indices", _snapshot.Indices.Take(count));
            Numbers(json, "labels", _snapshot.Labels?.Take(count).Select(label => (int)label));
            Pairs(json, "pca", _components, count);
            Pairs(json, "tsne", _neighbours, count);
            Pairs(json, "codes", _snapshot.Codes.Dimensions == 2 ? _snapshot.Codes : null, count);
            json.WriteStartObject("thumbnails");
            json.WriteNumber("count", _thumbnails.Count);
            json.WriteNumber("columns", Artifacts.Thumbnails.Columns);
            json.WriteNumber("width", _thumbnails.Tile.Width);
            json.WriteNumber("height", _thumbnails.Tile.Height);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int>? values)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, values);
    }

    private static void Pairs(Utf8JsonWriter json, string name, LatentCodes? points, int count)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, points is null
            ? null
            : Enumerable.Range(0, count).Select(i => points[i].ToArray().Select(value => Math.Round(value, 3))));
    }

    private static double Spread(LatentCodes points) => points.Values.ToArray().Max() - points.Values.ToArray().Min();

    // A code of one dimension lies on a line.
    private static LatentCodes Planar(LatentCodes points) => points.Dimensions == 2
        ? points
        : new LatentCodes([.. points.Values.ToArray().SelectMany(value => new[] { value, 0f })], 2);
}
