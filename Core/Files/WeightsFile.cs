using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Orchestrator.Core.Files;

/// <summary>The weights of a model, by PyTorch's names, for other programs to load.</summary>
internal static class WeightsFile
{
    /// <summary>Parameters and buffers by their names in the state dictionary.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> Of(nn.Module model) =>
        model.state_dict().ToDictionary(pair => pair.Key, pair => StoredTensor.Of(pair.Value), StringComparer.Ordinal);

    /// <summary>
    /// SHA-256 in lower-case hexadecimal over every tensor in ordinal order of the names: a line with name, type and shape,
    /// then its bytes.
    /// </summary>
    public static string Digest(IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var shape = string.Join(',', tensor.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.Type} [{shape}]\n"));
            hash.AppendData(tensor.Bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
