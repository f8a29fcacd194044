using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Core.Files;

/// <summary>
/// The safetensors format (huggingface.co/docs/safetensors): eight bytes with the header's length, a JSON header with each
/// tensor's type, shape and place, then the bytes of the tensors. The metadata here also holds <c>sha256</c>, the digest
/// of the whole file with the digest's own 64 digits read as zeros, so that any damage is found.
/// </summary>
internal static class Safetensors
{
    private const string DigestKey = "sha256";
    private const string MetadataKey = "__metadata__";
    private const int LongestHeader = 100_000_000;
    private static readonly string NoDigest = new('0', 64);

    /// <summary>Writes tensors, in ordinal order of their names, and metadata, in one pass over the tensors.</summary>
    /// <param name="stream">One that can seek: the digest takes its place in the header last.</param>
    /// <param name="tensors">By name.</param>
    /// <param name="metadata">Free text by key.</param>
    public static void Write(
        Stream stream, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var ordered = tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var start = stream.Position;
        Append(stream, hash, Length(header));
        Append(stream, hash, header);
        foreach (var (_, tensor) in ordered)
            Append(stream, hash, tensor.Bytes);
        var end = stream.Position;
        Seal(header, Convert.ToHexStringLower(hash.GetHashAndReset()));
        stream.Position = start + sizeof(long);
        stream.Write(header);
        stream.Position = end;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is truncated, damaged or of another kind; the message says which.</exception>
    public static SafetensorsContent Read(Stream stream)
    {
        var header = ReadHeader(stream);
        try
        {
            using var document = JsonDocument.Parse(header);
            var metadata = document.RootElement.GetProperty(MetadataKey).EnumerateObject()
                .ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
            var tensors = ReadTensors(stream, document.RootElement);
            if (stream.ReadByte() >= 0)
                throw new InvalidDataException("bytes follow the last tensor");
            CheckDigest(header, tensors.Values, metadata);
            return new(tensors, metadata);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"its header is damaged: {e.Message}", e);
        }
    }

    private static void Append(Stream stream, IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(bytes);
        stream.Write(bytes);
    }

    private static byte[] Header(
        List<KeyValuePair<string, StoredTensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var offset = 0L;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type);
                WriteNumbers(json, "shape", [.. tensor.Shape]);
                WriteNumbers(json, "data_offsets", [offset, offset + tensor.Bytes.Length]);
                json.WriteEndObject();
                offset += tensor.Bytes.Length;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        // The digest comes first, so that its place in the header is found without parsing.
        json.WriteStartObject(MetadataKey);
        json.WriteString(DigestKey, NoDigest);
        foreach (var (name, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static byte[] ReadHeader(Stream stream)
    {
        var prefix = new byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException("the file ends before its header");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is 0 or > LongestHeader)
            throw new InvalidDataException("it is not a safetensors file");
        var header = new byte[length];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new InvalidDataException("the file ends within its header");
        return header;
    }

    private static SortedDictionary<string, StoredTensor> ReadTensors(Stream stream, JsonElement root)
    {
        var entries = root.EnumerateObject().Where(p => p.Name != MetadataKey)
            .OrderBy(p => p.Value.GetProperty("data_offsets")[0].GetInt64());
        var tensors = new SortedDictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var type = entry.Value.GetProperty("dtype").GetString()!;
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64())];
            var bytes = new byte[checked((int)shape.Aggregate((long)StoredTensor.ElementBytes(type), (n, size) => n * size))];
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw new InvalidDataException($"the file ends within the tensor '{entry.Name}'");
            tensors.Add(entry.Name, new(type, [.. shape], bytes));
        }
        return tensors;
    }

    private static void CheckDigest(byte[] header, IEnumerable<StoredTensor> tensors, Dictionary<string, string> metadata)
    {
        if (!metadata.Remove(DigestKey, out var digest) || digest.Length != NoDigest.Length)
            throw new InvalidDataException("it carries no digest");
        Seal(header, NoDigest);
        if (Digest(header, tensors) != digest)
            throw new InvalidDataException("its bytes do not match its digest");
    }

    private static string Digest(byte[] header, IEnumerable<StoredTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Length(header));
        hash.AppendData(header);
        foreach (var tensor in tensors)
            hash.AppendData(tensor.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Seal(byte[] header, string digest)
    {
        var key = Encoding.UTF8.GetBytes($"{{\"{MetadataKey}\":{{\"{DigestKey}\":\"");
        if (!header.AsSpan().StartsWith(key) || header.Length < key.Length + digest.Length)
            throw new InvalidDataException("it carries no digest");
        Encoding.ASCII.GetBytes(digest).CopyTo(header.AsSpan(key.Length));
    }

    private static byte[] Length(byte[] header)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return length;
    }
}
