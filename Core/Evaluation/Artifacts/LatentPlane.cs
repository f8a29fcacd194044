using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The plane of a two-dimensional code, decoded: the first dimension grows to the right, the second upwards.</summary>
internal static class LatentPlane
{
    private const int LargestSide = 15;
    private const int Width = 448;
    private const int MostColumns = 10;
    private const double Reach = 3.0;

    /// <summary>A regular grid from −3 to 3 in both dimensions.</summary>
    public static Picture Draw(Autoencoder model, ImageShape shape, Device device) =>
        Draw(model, shape, device, (_, place, side) => Reach * (2.0 * place / (side - 1) - 1.0));

    /// <summary>The centres of cells that the prior N(0, I) makes equally likely.</summary>
    public static Picture DrawQuantiles(Autoencoder model, ImageShape shape, Device device) =>
        Draw(model, shape, device, (_, place, side) => Normal.InvCDF(0, 1, (place + 0.5) / side));

    /// <summary>A regular grid over the codes of images, for a code without a prior that says where to look.</summary>
    public static Picture DrawCodes(Autoencoder model, LatentCodes codes, ImageShape shape, Device device)
    {
        var ranges = Enumerable.Range(0, 2)
            .Select(dimension => Enumerable.Range(0, codes.Count).Select(image => (double)codes[image][dimension]).ToArray())
            .Select(values => (Least: values.Min(), Most: values.Max())).ToArray();
        return Draw(model, shape, device, (dimension, place, side) =>
            ranges[dimension].Least + (ranges[dimension].Most - ranges[dimension].Least) * place / (side - 1));
    }

    /// <summary>Single points, from left to right.</summary>
    public static Picture DrawPoints(Autoencoder model, ImageShape shape, IReadOnlyList<ImmutableArray<double>> points, Device device) =>
        DecodedCodes.Draw(
            model, [.. points.SelectMany(point => point.Select(value => (float)value))], Enumerable.Repeat(0L, points.Count),
            shape, Math.Min(points.Count, MostColumns), device);

    private static Picture Draw(Autoencoder model, ImageShape shape, Device device, Func<int, int, int, double> coordinate)
    {
        var side = Math.Clamp(Width / shape.Width, 5, LargestSide);
        var codes = new float[2 * side * side];
        for (var cell = 0; cell < side * side; cell++)
        {
            var (row, column) = Math.DivRem(cell, side);
            codes[2 * cell] = (float)coordinate(0, column, side);
            codes[2 * cell + 1] = (float)coordinate(1, side - 1 - row, side);
        }
        return DecodedCodes.Draw(model, codes, Enumerable.Repeat(0L, side * side), shape, side, device, padding: 0);
    }
}
