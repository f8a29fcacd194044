using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Core.Data;

/// <summary>
/// Derives independent seeds from one: a seed per role (initial weights, data order, noise, evaluation) and counter
/// (epoch, step), so that changing what one role draws leaves the others as they were.
/// </summary>
public static class SeedSequence
{
    private static readonly byte[] Domain = "orchestrator-seed-1"u8.ToArray();

    /// <summary>
    /// The first eight bytes, little-endian, of SHA-256 over: the domain tag, the seed, the length of the role in UTF-8,
    /// the role, and every counter; numbers as eight bytes, little-endian. The same everywhere, for ever.
    /// </summary>
    public static ulong Derive(ulong seed, string role, params ReadOnlySpan<ulong> counters)
    {
        var roleBytes = Encoding.UTF8.GetBytes(role);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Domain);
        Append(hash, seed);
        Append(hash, (ulong)roleBytes.Length);
        hash.AppendData(roleBytes);
        foreach (var counter in counters)
            Append(hash, counter);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    private static void Append(IncrementalHash hash, ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
