using System.Buffers.Binary;
using System.Text.Json;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>
/// A small dense decoder as JSON, for pages that decode by themselves: its layers in order, weights <c>[out, in]</c> and
/// biases as base64 of little-endian float32, what makes expected pixels of the last output, and three codes with the
/// images that this program decodes from them, to check another implementation against.
/// </summary>
internal static class DecoderFile
{
    private const int LargestFile = 400_000;

    /// <summary>The file; null for a decoder that has other layers, conditions on classes or is too large.</summary>
    public static byte[]? Of(Autoencoder model, ImageShape shape, Device device)
    {
        if (model.Classes > 0 || Layers(model) is not { } layers || Numbers(layers) * 16 / 3 > LargestFile)
            return null;
        var codes = tensor(CheckCodes(model.Latent), [3, model.Latent]).to(device);
        var output = model.Decode(codes, null);
        var images = model.Likelihood.Mean(output);
        if (MeanOf(output, images) is not { } mean)
            return null;
        var file = Write(model.Latent, shape, layers, mean, Host(codes), Host(images));
        return file.Length <= LargestFile ? file : null;
    }

    private static List<nn.Module>? Layers(Autoencoder model)
    {
        var decoder = model.named_children().First(entry => entry.name == "decoder").module;
        List<nn.Module> layers = [.. (decoder is Sequential ? decoder.children() : [decoder]).Where(layer => layer is not Unflatten)];
        var known = layers.All(layer => layer is Linear or RectifiedUnits or Sigmoid);
        return known && layers.OfType<Linear>().FirstOrDefault()?.weight.shape[1] == model.Latent ? layers : null;
    }

    private static long Numbers(List<nn.Module> layers) => layers.Sum(layer => layer.parameters().Sum(parameter => parameter.numel()));

    private static float[] CheckCodes(int latent) =>
        [.. Enumerable.Range(0, 3 * latent).Select(i => i / latent == 0 ? 0f : i / latent == 1 ? 0.5f : i % 2 == 0 ? 1f : -1f)];

    private static string? MeanOf(Tensor output, Tensor images) =>
        !output.shape.SequenceEqual(images.shape) ? null
        : images.eq(output).all().item<bool>() ? "identity"
        : images.eq(output.sigmoid()).all().item<bool>() ? "sigmoid"
        : null;

    private static byte[] Write(int latent, ImageShape shape, List<nn.Module> layers, string mean, float[] codes, float[] images)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteNumber("latent", latent);
            json.WritePropertyName("shape");
            JsonSerializer.Serialize(json, new[] { shape.Channels, shape.Height, shape.Width });
            json.WriteStartArray("layers");
            foreach (var layer in layers)
                WriteLayer(json, layer);
            json.WriteEndArray();
            json.WriteString("mean", mean);
            json.WriteStartArray("checks");
            for (var check = 0; check < 3; check++)
            {
                json.WriteStartObject();
                json.WritePropertyName("z");
                JsonSerializer.Serialize(json, codes[(check * latent)..((check + 1) * latent)]);
                json.WriteBase64String("image", Bytes(images[(check * shape.Pixels)..((check + 1) * shape.Pixels)]));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteLayer(Utf8JsonWriter json, nn.Module layer)
    {
        json.WriteStartObject();
        json.WriteString("type", layer is Linear ? "linear" : layer is Sigmoid ? "sigmoid" : "relu");
        if (layer is Linear linear)
        {
            json.WriteNumber("in", linear.weight.shape[1]);
            json.WriteNumber("out", linear.weight.shape[0]);
            json.WriteBase64String("weight", Bytes(Host(linear.weight)));
            json.WriteBase64String("bias", Bytes(linear.bias is { } bias ? Host(bias) : new float[linear.weight.shape[0]]));
        }
        json.WriteEndObject();
    }

    private static float[] Host(Tensor values) => values.detach().cpu().contiguous().data<float>().ToArray();

    private static byte[] Bytes(float[] values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }
}
