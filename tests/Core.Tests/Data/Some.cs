using System.Buffers.Binary;
using System.Security.Cryptography;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

/// <summary>Small valid things to start from.</summary>
internal static class Some
{
    public static byte[] Noise(int count, int seed = 1)
    {
        var random = new SplitMix64((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next())];
    }

    public static byte[] Idx(uint magic, int[] dimensions, byte[] data)
    {
        var file = new byte[4 + 4 * dimensions.Length + data.Length];
        BinaryPrimitives.WriteUInt32BigEndian(file, magic);
        for (var i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), dimensions[i]);
        data.CopyTo(file, 4 + 4 * dimensions.Length);
        return file;
    }

    public static byte[] IdxImages(int count, int height = 4, int width = 3, int seed = 1) =>
        Idx(0x803, [count, height, width], Noise(count * height * width, seed));

    public static byte[] IdxLabels(params byte[] labels) => Idx(0x801, [labels.Length], labels);

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static ImageSet Images(int count, int seed = 1) => new(new ImageShape(1, 4, 3), Noise(count * 12, seed));

    public static Dataset Dataset(int trainCount, int testCount = 4) =>
        new("some", "", Images(trainCount), Images(testCount, 2), 0, [], "0");

    public static DataLocations Locations(TestFolder folder) => new(null, null, folder.In("cache"));

    public static DatasetRequest Request(TestFolder folder, params (string Name, string Value)[] arguments) =>
        new(ParameterSet.Of(arguments.Select(a => KeyValuePair.Create(a.Name, Value(a.Value)))), Locations(folder));

    private static ParameterValue Value(string text) =>
        long.TryParse(text, out var number) ? new ParameterValue.Integer(number) : new ParameterValue.Text(text);

    public static Task<Dataset> Load(string name, TestFolder folder, params (string Name, string Value)[] arguments) =>
        DatasetCatalogue.Find(name).LoadAsync(Request(folder, arguments), CancellationToken.None);

    public static Problem ProblemOf(Action action) => Assert.Single(Assert.Throws<ProblemException>(action).Problems);

    public static async Task<IReadOnlyList<Problem>> ProblemsOf(Func<Task> action) =>
        (await Assert.ThrowsAsync<ProblemException>(action)).Problems;
}
