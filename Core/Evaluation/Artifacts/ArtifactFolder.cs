using System.Security.Cryptography;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Files;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>Writes the files that a trial leaves behind.</summary>
internal sealed class ArtifactFolder(string folder, int epoch)
{
    /// <summary>Writes a picture as PNG under the name of its kind.</summary>
    public Artifact Write(string kind, Picture picture, string description) =>
        Write(kind, kind + ".png", PngWriter.Encode(picture), description);

    /// <summary>Writes the weights of a model.</summary>
    public Artifact WriteWeights(IReadOnlyDictionary<string, StoredTensor> weights, IReadOnlyDictionary<string, string> metadata)
    {
        const string Name = "weights.safetensors";
        var path = Path.Combine(folder, Name);
        AtomicFile.Write(path, stream => Safetensors.Write(stream, weights, metadata));
        using var written = File.OpenRead(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(written));
        return new Artifact("weights", Name, digest, written.Length, epoch, "weights by PyTorch's names, in safetensors");
    }

    /// <summary>Writes a file of a kind.</summary>
    public Artifact Write(string kind, string name, byte[] bytes, string description)
    {
        AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(bytes));
        return new Artifact(kind, name, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, epoch, description);
    }
}
