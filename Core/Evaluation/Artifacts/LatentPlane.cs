using MathNet.Numerics.Distributions;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The plane of a two-dimensional code, decoded: the first dimension grows to the right, the second upwards.</summary>
internal static class LatentPlane
{
    private const int LargestSide = 15;
    private const int Width = 448;
    private const double Reach = 3.0;

    /// <summary>A regular grid from −3 to 3 in both dimensions.</summary>
    public static Picture Draw(Autoencoder model, ImageShape shape, Device device) =>
        Draw(model, shape, device, (place, side) => Reach * (2.0 * place / (side - 1) - 1.0));

    /// <summary>The centres of cells that the prior N(0, I) makes equally likely.</summary>
    public static Picture DrawQuantiles(Autoencoder model, ImageShape shape, Device device) =>
        Draw(model, shape, device, (place, side) => Normal.InvCDF(0, 1, (place + 0.5) / side));

    /// <summary>Single points, from left to right.</summary>
    public static Picture DrawPoints(Autoencoder model, ImageShape shape, IReadOnlyList<(int X, int Y)> points, Device device) =>
        DecodedCodes.Draw(
            model, [.. points.SelectMany(point => new float[] { point.X, point.Y })], Enumerable.Repeat(0L, points.Count),
            shape, points.Count, device);

    private static Picture Draw(Autoencoder model, ImageShape shape, Device device, Func<int, int, double> coordinate)
    {
        var side = Math.Clamp(Width / shape.Width, 5, LargestSide);
        var codes = new float[2 * side * side];
        for (var cell = 0; cell < side * side; cell++)
        {
            var (row, column) = Math.DivRem(cell, side);
            codes[2 * cell] = (float)coordinate(column, side);
            codes[2 * cell + 1] = (float)coordinate(side - 1 - row, side);
        }
        return DecodedCodes.Draw(model, codes, Enumerable.Repeat(0L, side * side), shape, side, device, padding: 0);
    }
}
