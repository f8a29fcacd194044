using System.Text;
using Orchestrator.Core.Files;

namespace Orchestrator.Core.Tests.Files;

public sealed class SafetensorsTests
{
    private static readonly Dictionary<string, StoredTensor> Tensors = new()
    {
        ["b.weight"] = new("F32", [2, 2], [.. Enumerable.Range(0, 16).Select(x => (byte)x)]),
        ["a"] = new("U8", [3], [7, 8, 9]),
        ["scalar"] = new("F64", [], [1, 2, 3, 4, 5, 6, 7, 8]),
        ["empty"] = new("I64", [0], []),
    };

    private static readonly Dictionary<string, string> Metadata = new() { ["é"] = "a \"quoted\" text", ["trial"] = "x" };

    [Fact]
    public void What_was_written_is_read_again()
    {
        var content = Safetensors.Read(new MemoryStream(Written()));

        Assert.Equal(Metadata, content.Metadata.ToDictionary());
        Assert.Equal(Tensors.Keys.Order(StringComparer.Ordinal), content.Tensors.Keys);
        foreach (var (name, tensor) in content.Tensors)
        {
            Assert.Equal((Tensors[name].Type, string.Join(',', Tensors[name].Shape)), (tensor.Type, string.Join(',', tensor.Shape)));
            Assert.Equal(Tensors[name].Bytes.ToArray(), tensor.Bytes.ToArray());
        }
    }

    [Fact]
    public void The_layout_is_the_published_one()
    {
        var file = Written();
        var length = BitConverter.ToInt64(file);
        var header = Encoding.UTF8.GetString(file, 8, (int)length);

        Assert.Equal(0, length % 8);
        Assert.StartsWith("{\"__metadata__\":{\"sha256\":\"", header, StringComparison.Ordinal);
        Assert.Contains("\"b.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[3,19]}", header, StringComparison.Ordinal);
        Assert.Equal(8 + length + 16 + 3 + 8, file.Length);
        Assert.Equal([7, 8, 9], file[(8 + (int)length)..][..3]);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var file = Written();

        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file, 0, length)));
    }

    [Fact]
    public void A_changed_byte_anywhere_is_found()
    {
        var file = Written();

        for (var place = 0; place < file.Length; place++)
        {
            var damaged = file.ToArray();
            damaged[place] ^= 1;
            var error = Record.Exception(() => Safetensors.Read(new MemoryStream(damaged)));
            Assert.True(error is InvalidDataException, $"byte {place}: {error?.ToString() ?? "accepted"}");
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_found()
    {
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream([.. Written(), 0])));
    }

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, Tensors, Metadata);
        return stream.ToArray();
    }
}
