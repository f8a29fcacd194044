using System.Buffers.Binary;
using System.Text.Json;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>
/// A small decoder as JSON, for pages that decode by themselves: its layers in order (<see cref="DecoderLayers"/>), what makes
/// expected pixels of the last output, where codes lie, and three codes with the images that this program decodes from them,
/// to check another implementation against.
/// </summary>
internal static class DecoderFile
{
    private const int LargestFile = 900_000;
    private const int Checks = 3;

    // Sigmoids differ in their last digits by how they are computed; no other end of a decoder comes so near to one.
    private const float SameSigmoid = 1e-6f;

    /// <summary>The file; null for a decoder that is too large, or that a chain of known layers does not describe.</summary>
    public static byte[]? Of(Model model, CodeRange range, ImageShape shape, Device device)
    {
        var generator = (IGenerator)model;
        var part = model.Plan.Part(generator.DecoderPart);
        // Three bytes of each number are kept, and four letters stand for three bytes.
        if (part.Parameters * 4 > LargestFile || !DecoderLayers.AreKnown(part.Layers))
            return null;
        var codes = tensor(CheckCodes(range), [Checks, generator.Latent]).to(device);
        var labels = generator.Classes > 0 ? arange(Checks, dtype: ScalarType.Int64, device: device) : null;
        var images = generator.Expected(codes, labels);
        if (MeanOf(Output(model, codes, labels), images) is not { } mean)
            return null;
        var file = Write(generator, range, shape, DecoderLayers.Of(part.Layers, model.Part(generator.DecoderPart)), mean, Host(codes), Host(images));
        return file.Length <= LargestFile ? file : null;
    }

    private static float[] CheckCodes(CodeRange range)
    {
        var (latent, codes) = (range.Centre.Length, new List<float>());
        for (var check = 0; check < Checks; check++)
        {
            for (var i = 0; i < latent; i++)
                codes.Add(range.Centre[i] + range.Reach[i] * (check == 0 ? 0f : check == 1 ? 1f / 6 : i % 2 == 0 ? 1f / 3 : -1f / 3));
        }
        return [.. codes];
    }

    // What the layers alone give, with a class beside its code as the families put it there.
    private static Tensor Output(Model model, Tensor codes, Tensor? labels)
    {
        var inputs = labels is null ? codes : cat([codes, nn.functional.one_hot(labels, ((IGenerator)model).Classes).to(codes.dtype)], 1);
        return model.Part(((IGenerator)model).DecoderPart).call(inputs);
    }

    private static string? MeanOf(Tensor output, Tensor images)
    {
        // A learned variance stands behind the means as further channels.
        var means = output.shape[1] > images.shape[1] ? output.narrow(1, 0, images.shape[1]) : output;
        return !means.shape.SequenceEqual(images.shape) ? null
            : images.eq(means).all().item<bool>() ? "identity"
            : (images - means.sigmoid()).abs().lt((TorchSharp.Scalar)SameSigmoid).all().item<bool>() ? "sigmoid"
            : null;
    }

    private static byte[] Write(
        IGenerator model, CodeRange range, ImageShape shape, IEnumerable<DecoderLayer> layers, string mean, float[] codes, float[] images)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 2);
            json.WriteNumber("latent", model.Latent);
            json.WriteNumber("classes", model.Classes);
            json.WritePropertyName("shape");
            JsonSerializer.Serialize(json, new[] { shape.Channels, shape.Height, shape.Width });
            range.Write(json);
            json.WriteStartArray("layers");
            foreach (var layer in layers)
                layer.Write(json);
            json.WriteEndArray();
            json.WriteString("mean", mean);
            json.WriteStartArray("checks");
            for (var check = 0; check < Checks; check++)
                WriteCheck(json, check, codes.AsSpan(check * model.Latent, model.Latent), images.AsSpan(check * shape.Pixels, shape.Pixels));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteCheck(Utf8JsonWriter json, int check, ReadOnlySpan<float> code, ReadOnlySpan<float> image)
    {
        json.WriteStartObject();
        json.WritePropertyName("z");
        JsonSerializer.Serialize(json, code.ToArray());
        json.WriteNumber("class", check);
        var bytes = new byte[4 * image.Length];
        for (var i = 0; i < image.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), image[i]);
        json.WriteBase64String("image", bytes);
        json.WriteEndObject();
    }

    private static float[] Host(Tensor values) => values.detach().cpu().contiguous().data<float>().ToArray();
}
