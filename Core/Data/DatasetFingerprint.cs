using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Core.Data;

/// <summary>
/// The identity of a data set's content: SHA-256, lower-case hex, of a short canonical text.
/// Where a file lies, how it was compressed and what the user calls it do not enter.
/// </summary>
public static class DatasetFingerprint
{
    /// <summary>For sets that are files: the digests of the decompressed files in their order; null for a missing one.</summary>
    public static string OfFiles(
        string trainImages, string? trainLabels, string? testImages, string? testLabels, string rest = "") =>
        Sha256($"files\n{trainImages}\n{trainLabels ?? "-"}\n{testImages ?? "-"}\n{testLabels ?? "-"}\n{rest}\n");

    /// <summary>For sets that a generator renders: its name, version and every parameter, as text.</summary>
    public static string OfGenerator(string definition) => Sha256($"generator\n{definition}\n");

    /// <summary>For sets known only by their images: shape, counts, and the digests of pixels and labels.</summary>
    public static string OfImages(ImageSet train, ImageSet test, IReadOnlyList<string> classNames)
    {
        var text = new StringBuilder("images\n").Append(train.Shape).Append('\n');
        foreach (var set in new[] { train, test })
        {
            var labels = set.Labels is { } known ? Sha256(known.Span) : "-";
            text.Append(FormattableString.Invariant($"{set.Count} {Sha256(set.Pixels.Span)} {labels}\n"));
        }
        return Sha256(text.AppendJoin('\n', classNames).ToString());
    }

    internal static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Sha256(string text) => Sha256(Encoding.UTF8.GetBytes(text));
}
