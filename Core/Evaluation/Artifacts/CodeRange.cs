using System.Text.Json;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>Where the codes of a model lie: what somebody who moves through them may want to see.</summary>
/// <param name="Prior">normal, uniform, or codes where the middle and the reach are those of encoded images.</param>
/// <param name="Centre">The middle of each dimension.</param>
/// <param name="Reach">How far each dimension goes to either side: three standard deviations, or the whole interval.</param>
internal sealed record CodeRange(string Prior, float[] Centre, float[] Reach)
{
    private const float Deviations = 3;

    /// <summary>The range of a model's prior; of the encoded images where it has none of a known form.</summary>
    /// <param name="model">The model.</param>
    /// <param name="snapshot">Encoded images; null for a model that encodes none.</param>
    /// <param name="device">Where the model is.</param>
    public static CodeRange Of(IGenerator model, LatentSnapshot? snapshot, Device device)
    {
        if (model.UniformCodes is var (low, high))
            return Constant("uniform", model.Latent, (float)((low + high) / 2), (float)((high - low) / 2));
        return snapshot is null || (model is Autoencoder { HasPrior: true } autoencoder && IsStandardNormal(autoencoder, device))
            ? Constant("normal", model.Latent, 0, Deviations)
            : OfCodes(snapshot, model.Latent);
    }

    /// <summary>Writes the three properties into the object that is open.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("prior", Prior);
        json.WritePropertyName("centre");
        JsonSerializer.Serialize(json, Centre);
        json.WritePropertyName("reach");
        JsonSerializer.Serialize(json, Reach);
    }

    private static CodeRange Constant(string prior, int latent, float centre, float reach) =>
        new(prior, [.. Enumerable.Repeat(centre, latent)], [.. Enumerable.Repeat(reach, latent)]);

    private static bool IsStandardNormal(Autoencoder model, Device device)
    {
        var noise = ones([1, model.Latent]).to(device);
        return model.FromNoise(noise).eq(noise).all().item<bool>();
    }

    private static CodeRange OfCodes(LatentSnapshot snapshot, int latent)
    {
        var moments = Enumerable.Range(0, latent).Select(dimension => snapshot.Moments(dimension)).ToArray();
        return new(
            "codes", [.. moments.Select(moment => (float)moment.Mean)],
            [.. moments.Select(moment => Math.Max(Deviations * (float)moment.Deviation, 1e-3f))]);
    }
}
