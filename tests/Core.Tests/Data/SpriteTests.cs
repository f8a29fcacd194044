using System.Security.Cryptography;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class SpriteTests
{
    [Fact]
    public void The_whole_of_dSprites_has_the_published_digest() =>
        Assert.Equal(DSprites.PackedSha256, DSprites.ComputePackedSha256(CancellationToken.None));

    [Fact]
    public void A_sample_of_dSprites_has_the_recorded_digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pixels = new byte[4096];
        for (var index = 0; index < DSprites.Grid.Count; index += 7919)
        {
            DSprites.Grid.Render(index, pixels);
            hash.AppendData(pixels);
        }
        Assert.Equal("686cc854deb8ed89554355df334461ee023bc9089be6ee5b8bca8631a9f584e5", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Packed_and_unpacked_images_agree()
    {
        var (packed, pixels) = (new byte[512], new byte[4096]);
        DSprites.RenderPacked(400_123, packed);
        DSprites.Grid.Render(400_123, pixels);
        Assert.Equal(pixels, Enumerable.Range(0, 4096).Select(i => (byte)((packed[i / 8] >> (7 - i % 8) & 1) * 255)));
    }

    [Fact]
    public void Factors_and_index_are_each_others_inverse_in_the_published_order()
    {
        var factors = new int[5];
        DSprites.Grid.Factors(2 * 245760 + 5 * 40960 + 39 * 1024 + 31 * 32 + 30, factors);
        Assert.Equal([2, 5, 39, 31, 30], factors);
        for (var index = 0; index < DSprites.Grid.Count; index += 9973)
        {
            DSprites.Grid.Factors(index, factors);
            Assert.Equal(index, DSprites.Grid.IndexOf(factors));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => DSprites.Grid.Factors(DSprites.Grid.Count, factors));
        Assert.Throws<ArgumentOutOfRangeException>(() => DSprites.Grid.IndexOf([0, 0, 40, 0, 0]));
    }

    [Fact]
    public void The_last_orientation_of_dSprites_shows_the_first()
    {
        var (first, last) = (new byte[4096], new byte[4096]);
        DSprites.Grid.Render(DSprites.Grid.IndexOf([2, 3, 0, 10, 20]), first);
        DSprites.Grid.Render(DSprites.Grid.IndexOf([2, 3, 39, 10, 20]), last);
        Assert.Equal(first, last);
    }

    [Fact]
    public void All_but_four_images_of_shapes_are_distinct_and_all_are_black_and_white()
    {
        var distinct = new HashSet<string>();
        var pixels = new byte[784];
        for (var index = 0; index < Shapes.Grid.Count; index++)
        {
            Shapes.Grid.Render(index, pixels);
            distinct.Add(Convert.ToBase64String(pixels));
            Assert.True(pixels.All(value => value is 0 or 255) && pixels.Contains((byte)255));
        }
        Assert.Equal(12_000, Shapes.Grid.Count);
        Assert.Equal(11_996, distinct.Count);
    }

    [Fact]
    public async Task The_data_set_shapes_is_ten_thousand_and_two_thousand_disjoint_images_that_never_change()
    {
        using var folder = new TestFolder();
        var dataset = await Some.Load("shapes", folder);
        Assert.Equal((10_000, 2_000, 3), (dataset.Train.Count, dataset.Test.Count, dataset.ClassCount));
        var indices = Indices(dataset.Train).Concat(Indices(dataset.Test)).Order();
        Assert.Equal(Enumerable.Range(0, 12_000), indices);
        Assert.Equal("9c30e3002b4dcbddb7af9b0be7c49578c318f94cf818f34b9cb6ee9bd10de368", DatasetFingerprint.OfImages(dataset.Train, dataset.Test, dataset.ClassNames));
    }

    [Fact]
    public async Task Images_of_dSprites_carry_their_factors_and_labels()
    {
        using var folder = new TestFolder();
        var dataset = await Some.Load("dsprites", folder, ("train", "300"), ("test", "100"));
        var pixels = new byte[4096];
        for (var image = 0; image < 300; image += 13)
        {
            var factors = dataset.Train.Factors!;
            DSprites.Grid.Render(
                DSprites.Grid.IndexOf([.. Enumerable.Range(0, 5).Select(f => factors[image, f])]), pixels);
            Assert.True(pixels.AsSpan().SequenceEqual(dataset.Train.Image(image)));
            Assert.Equal(factors[image, 0], dataset.Train.Labels!.Value.Span[image]);
        }
    }

    [Fact]
    public async Task More_training_images_of_dSprites_keep_the_test_images_and_change_the_fingerprint()
    {
        using var folder = new TestFolder();
        var small = await Some.Load("dsprites", folder, ("train", "50"), ("test", "100"));
        var large = await Some.Load("dsprites", folder, ("train", "200"), ("test", "100"));
        Assert.True(small.Test.Pixels.Span.SequenceEqual(large.Test.Pixels.Span));
        Assert.NotEqual(small.Fingerprint, large.Fingerprint);
        var all = large.Train.Factors!.Values.ToArray().Chunk(5).Concat(large.Test.Factors!.Values.ToArray().Chunk(5));
        Assert.Equal(300, all.Select(row => string.Join(',', row)).Distinct().Count());
    }

    [Theory]
    [InlineData("600000", "10", "'train' is 600000")]
    [InlineData("500000", "237281", "737281 images asked for")]
    public async Task Impossible_counts_of_dSprites_are_refused(string train, string test, string expected)
    {
        using var folder = new TestFolder();
        var problems = await Some.ProblemsOf(() => Some.Load("dsprites", folder, ("train", train), ("test", test)));
        Assert.Contains(expected, Assert.Single(problems).Cause, StringComparison.Ordinal);
    }

    private static IEnumerable<int> Indices(ImageSet set)
    {
        foreach (var row in set.Factors!.Values.ToArray().Chunk(5))
            yield return Shapes.Grid.IndexOf(row);
    }
}
