using MathNet.Numerics.Distributions;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The plane of a two-dimensional code, decoded: the first dimension grows to the right, the second upwards.</summary>
internal static class LatentPlane
{
    private const int Side = 20;
    private const double Reach = 3.0;

    /// <summary>A regular grid from −3 to 3 in both dimensions.</summary>
    public static Picture Draw(Autoencoder model, ImageShape shape, Device device) =>
        Draw(model, shape, device, place => Reach * (2.0 * place / (Side - 1) - 1.0));

    /// <summary>The centres of cells that the prior N(0, I) makes equally likely.</summary>
    public static Picture DrawQuantiles(Autoencoder model, ImageShape shape, Device device) =>
        Draw(model, shape, device, place => Normal.InvCDF(0, 1, (place + 0.5) / Side));

    /// <summary>Single points, from left to right.</summary>
    public static Picture DrawPoints(Autoencoder model, ImageShape shape, IReadOnlyList<(int X, int Y)> points, Device device) =>
        DecodedCodes.Draw(
            model, [.. points.SelectMany(point => new float[] { point.X, point.Y })], Enumerable.Repeat(0L, points.Count),
            shape, points.Count, device);

    private static Picture Draw(Autoencoder model, ImageShape shape, Device device, Func<int, double> coordinate)
    {
        var codes = new float[2 * Side * Side];
        for (var cell = 0; cell < Side * Side; cell++)
        {
            var (row, column) = Math.DivRem(cell, Side);
            codes[2 * cell] = (float)coordinate(column);
            codes[2 * cell + 1] = (float)coordinate(Side - 1 - row);
        }
        return DecodedCodes.Draw(model, codes, Enumerable.Repeat(0L, Side * Side), shape, Side, device, padding: 0);
    }
}
