using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class NpzTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Training_and_test_arrays_load()
    {
        var (train, test) = (Some.Noise(6 * 12), Some.Noise(2 * 12, 2));
        var dataset = await Load(
            ("x_train", Npy("|u1", "6, 4, 3", train)),
            ("y_train", Npy("<i8", "6,", Bytes<long>(0, 1, 2, 0, 1, 2))),
            ("x_test", Npy("|u1", "2, 4, 3", test)),
            ("y_test", Npy("|u1", "2, 1", [0, 1])));
        Assert.Equal(train, dataset.Train.Pixels.ToArray());
        Assert.Equal(test, dataset.Test.Pixels.ToArray());
        Assert.Equal([0, 1, 2, 0, 1, 2], dataset.Train.Labels!.Value.ToArray());
        Assert.Equal((3, new ImageShape(1, 4, 3)), (dataset.ClassCount, dataset.Shape));
    }

    [Fact]
    public async Task Floats_from_0_to_1_become_bytes()
    {
        var dataset = await Load(("x", Npy("<f4", "3, 1, 2", Bytes(0f, 1f, 0.5f, 0.2f, 1f, 0f))), ("x_test", Npy("<f8", "1, 1, 2", Bytes(1.0, 0.0))));
        Assert.Equal([0, 255, 128, 51, 255, 0], dataset.Train.Pixels.ToArray());
        Assert.Equal([255, 0], dataset.Test.Pixels.ToArray());
    }

    [Theory]
    [InlineData("2, 12", 1, 0, 0)]
    [InlineData("2, 2, 2, 3", 3, 2, 2)]
    [InlineData("2, 3, 2, 2", 3, 2, 2)]
    [InlineData("2, 2, 6, 1", 1, 2, 6)]
    [InlineData("2, 1, 2, 6", 1, 2, 6)]
    public async Task Shapes_are_understood_with_channels_first_or_last(string shape, int channels, int height, int width)
    {
        var arrays = ("x", Npy("|u1", shape, [.. Enumerable.Range(0, 24).Select(i => (byte)i)]));
        if (height == 0)
        {
            Assert.Contains("(2, 12)", Assert.Single(await Some.ProblemsOf(() => Load(arrays))).Cause, StringComparison.Ordinal);
            return;
        }
        var dataset = await Load(arrays);
        Assert.Equal(new ImageShape(channels, height, width), dataset.Shape);
        var first = dataset.Train.Image(0)[0] == 0 ? dataset.Train : dataset.Test;
        Assert.Equal(shape.EndsWith('3') ? [0, 3, 6, 9] : [0, 1, 2, 3], first.Image(0)[..4].ToArray());
    }

    [Fact]
    public async Task Rows_of_square_length_are_square_images() =>
        Assert.Equal(new ImageShape(1, 3, 3), (await Load(("x", Npy("|u1", "4, 9", new byte[36])))).Shape);

    [Theory]
    [InlineData("<f4", "1, 1, 1", "00000040", "value at position 0 is 2;")]
    [InlineData("<f4", "1, 1, 1", "0000c07f", "value at position 0 is NaN;")]
    [InlineData("<i4", "1, 1, 1", "00000000", "type is <i4; uint8")]
    [InlineData("|u1", "1, 1, 2", "00", "data is truncated")]
    [InlineData("|u1", "1, 1, 1", "000000", "bytes follow its data")]
    [InlineData("|u1", "900000000, 90000, 90000", "00", "declares 7290000000000000000 bytes of data")]
    [InlineData("|u1", "1, 1", "00", "")]
    [InlineData("|u1", "0, 4, 3", "", "shape is (0, 4, 3)")]
    [InlineData("|u1", "1, x, 3", "000000", "shape is '(1, x, 3)'")]
    public async Task Bad_images_are_explained(string type, string shape, string hex, string expected)
    {
        var problem = Assert.Single(await Some.ProblemsOf(() => Load(("x", Npy(type, shape, Convert.FromHexString(hex))))));
        Assert.Contains(expected, problem.Cause, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Bad_labels_are_explained()
    {
        var images = ("x", Npy("|u1", "2, 4, 3", new byte[24]));
        async Task<string> Cause(byte[] labels) =>
            Assert.Single(await Some.ProblemsOf(() => Load(images, ("y", labels)))).Cause;
        Assert.Contains("2 images but 3 labels", await Cause(Npy("|u1", "3,", [0, 1, 2])), StringComparison.Ordinal);
        Assert.Contains("position 1 is 300", await Cause(Npy("<i4", "2,", Bytes(0, 300))), StringComparison.Ordinal);
        Assert.Contains("position 0 is -1", await Cause(Npy("|i1", "2,", [255, 0])), StringComparison.Ordinal);
        Assert.Contains("(2, 10); one label per image", await Cause(Npy("|u1", "2, 10", new byte[20])), StringComparison.Ordinal);
        Assert.Contains("type is <U3", await Cause(Npy("<U3", "2,", new byte[24])), StringComparison.Ordinal);
        Assert.Contains("plain numbers", await Cause(Npy("|O", "2,", new byte[16])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fortran_order_other_names_and_other_files_are_explained()
    {
        var fortran = Npy("|u1", "1, 4, 3", new byte[12], "True");
        Assert.Contains("Fortran", Assert.Single(await Some.ProblemsOf(() => Load(("x", fortran)))).Cause, StringComparison.Ordinal);
        var problem = Assert.Single(await Some.ProblemsOf(() => Load(("images", Npy("|u1", "1, 4, 3", new byte[12])))));
        Assert.Contains("it has: images", problem.Cause, StringComparison.Ordinal);
        var text = folder.Write("text.npz", "no archive"u8.ToArray());
        Assert.Contains(
            "no .npz archive",
            Assert.Single(await Some.ProblemsOf(() => Some.Load("npz", folder, ("path", text)))).Cause,
            StringComparison.Ordinal);
        Assert.Contains(
            "no such file",
            Assert.Single(await Some.ProblemsOf(() => Some.Load("npz", folder, ("path", folder.In("none"))))).Cause,
            StringComparison.Ordinal);
        Assert.Contains("does not start", Assert.Single(await Some.ProblemsOf(() => Load(("x", new byte[50])))).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_flipped_byte_does_anything_but_load_or_explain_itself()
    {
        await Load(("x", Npy("|u1", "2, 4, 3", Some.Noise(24))), ("y", Npy("|u1", "2,", [0, 1])));
        var good = File.ReadAllBytes(folder.In("own.npz"));
        var explained = 0;
        for (var at = 0; at < good.Length; at++)
        {
            var flipped = good.ToArray();
            flipped[at] ^= 0x14;
            var path = folder.Write("flipped.npz", flipped);
            var outcome = await Record.ExceptionAsync(() => Some.Load("npz", folder, ("path", path)));
            Assert.True(outcome is null or Orchestrator.Core.Contracts.ProblemException, $"byte {at}: {outcome}");
            explained += outcome is null ? 0 : 1;
        }
        Assert.True(explained > good.Length / 4);
    }

    private Task<Dataset> Load(params (string Name, byte[] Content)[] arrays)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in arrays)
            {
                using var entry = zip.CreateEntry(name + ".npy").Open();
                entry.Write(content);
            }
        }
        return Some.Load("npz", folder, ("path", folder.Write("own.npz", file.ToArray())));
    }

    private static byte[] Bytes<T>(params T[] values)
        where T : struct => MemoryMarshal.AsBytes<T>(values).ToArray();

    private static byte[] Npy(string type, string shape, byte[] data, string fortran = "False")
    {
        var header = $"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': ({shape}), }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }
}
