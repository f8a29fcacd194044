using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The plane of a two-dimensional code, decoded on a regular grid.</summary>
internal static class LatentPlane
{
    private const int Side = 20;
    private const double Reach = 3.0;

    /// <summary>The grid from −3 to 3 in both dimensions: the first grows to the right, the second upwards.</summary>
    public static Picture Draw(Autoencoder model, ImageShape shape, Device device)
    {
        var codes = new float[2 * Side * Side];
        for (var cell = 0; cell < Side * Side; cell++)
        {
            var (row, column) = Math.DivRem(cell, Side);
            codes[2 * cell] = Coordinate(column);
            codes[2 * cell + 1] = Coordinate(Side - 1 - row);
        }
        var grid = tensor(codes, [Side * Side, 2]).to(device);
        return ImageSheet.Compose(shape, PixelBytes.Of(model.Likelihood.Mean(model.Decode(grid, null))), Side, padding: 0);
    }

    private static float Coordinate(int place) => (float)(Reach * (2.0 * place / (Side - 1) - 1.0));
}
