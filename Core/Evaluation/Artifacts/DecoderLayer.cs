using System.Collections.Immutable;
using System.Text.Json;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>
/// A layer of a decoder for other programs. Weights have PyTorch's order. Of each 32-bit float the upper three bytes are
/// kept, rounded, little-endian: a relative error below 2^-16, and a quarter of the letters saved.
/// </summary>
/// <param name="Type">What it does.</param>
/// <param name="Sizes">Its whole numbers by name.</param>
/// <param name="Weights">Its weights by name.</param>
internal sealed record DecoderLayer(
    string Type, ImmutableArray<(string Name, long Value)> Sizes, ImmutableArray<(string Name, float[] Values)> Weights)
{
    /// <summary>Writes it as an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", Type);
        foreach (var (name, value) in Sizes)
            json.WriteNumber(name, value);
        foreach (var (name, values) in Weights)
            json.WriteBase64String(name, Shortened(values));
        json.WriteEndObject();
    }

    private static byte[] Shortened(float[] values)
    {
        var bytes = new byte[3 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            // Half of what is cut off is added first; a carry goes into the exponent, as it must.
            var bits = BitConverter.SingleToUInt32Bits(values[i]) + 0x80;
            (bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2]) = ((byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24));
        }
        return bytes;
    }
}
