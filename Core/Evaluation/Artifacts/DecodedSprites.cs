using System.Text.Json;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>
/// Images decoded in advance, as JSON around one PNG, for pages that cannot run the decoder: the plane of a two-dimensional
/// code, row by row from the top; of other codes a row for each of the dimensions that vary most, moved alone while the others
/// stay in the middle.
/// </summary>
internal static class DecodedSprites
{
    private const int PlaneSide = 15;
    private const int Steps = 13;
    private const int MostLines = 10;
    private const int Width = 448;

    /// <summary>The file.</summary>
    public static byte[] Of(IGenerator model, LatentSnapshot? snapshot, CodeRange range, ImageShape shape, Device device)
    {
        var side = Math.Clamp(Width / Math.Max(shape.Width, shape.Height), 5, PlaneSide);
        var (dimensions, steps) = model.Latent == 2 ? (new[] { 0, 1 }, side) : (MostActive(model.Latent, snapshot), Steps);
        var codes = model.Latent == 2 ? Plane(range, steps) : Lines(range, dimensions, steps);
        var count = codes.Length / model.Latent;
        var labels = model.Classes > 0 ? zeros([count], dtype: ScalarType.Int64).to(device) : null;
        var images = model.Expected(tensor(codes, [count, model.Latent]).to(device), labels);
        var sheet = PngWriter.Encode(ImageSheet.Compose(shape, PixelBytes.Of(images), steps, padding: 0));
        return Write(model, range, shape, dimensions, steps, sheet);
    }

    private static int[] MostActive(int latent, LatentSnapshot? snapshot) =>
    [
        .. Enumerable.Range(0, latent)
            .OrderByDescending(dimension => snapshot?.Moments(dimension).Deviation ?? 0).ThenBy(dimension => dimension).Take(MostLines),
    ];

    private static float At(CodeRange range, int dimension, int step, int steps) =>
        range.Centre[dimension] + range.Reach[dimension] * (2f * step / (steps - 1) - 1);

    private static float[] Plane(CodeRange range, int steps)
    {
        var codes = new float[2 * steps * steps];
        for (var cell = 0; cell < steps * steps; cell++)
        {
            var (row, column) = Math.DivRem(cell, steps);
            (codes[2 * cell], codes[2 * cell + 1]) = (At(range, 0, column, steps), At(range, 1, steps - 1 - row, steps));
        }
        return codes;
    }

    private static float[] Lines(CodeRange range, int[] dimensions, int steps)
    {
        var latent = range.Centre.Length;
        var codes = new float[dimensions.Length * steps * latent];
        for (var cell = 0; cell < dimensions.Length * steps; cell++)
        {
            var (line, step) = Math.DivRem(cell, steps);
            range.Centre.CopyTo(codes.AsSpan(cell * latent));
            codes[cell * latent + dimensions[line]] = At(range, dimensions[line], step, steps);
        }
        return codes;
    }

    private static byte[] Write(IGenerator model, CodeRange range, ImageShape shape, int[] dimensions, int steps, byte[] sheet)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteNumber("latent", model.Latent);
            json.WriteNumber("classes", model.Classes);
            json.WritePropertyName("shape");
            JsonSerializer.Serialize(json, new[] { shape.Channels, shape.Height, shape.Width });
            range.Write(json);
            json.WritePropertyName("dimensions");
            JsonSerializer.Serialize(json, dimensions);
            json.WriteNumber("steps", steps);
            json.WriteBase64String("png", sheet);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
