using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, "images")]
    [InlineData(true, "images.gz")]
    [InlineData(true, "compressed-without-saying-so")]
    [InlineData(false, "plain.gz")]
    public void Images_are_read_plain_or_gzip_whatever_the_name(bool compressed, string name)
    {
        var bytes = Some.IdxImages(5);
        var array = IdxReader.ReadImages(folder.Write(name, compressed ? TestFolder.Gzip(bytes) : bytes));
        Assert.Equal([5, 4, 3], array.Dimensions);
        Assert.Equal(bytes[16..], array.Data.ToArray());
        Assert.Equal(Some.Sha256(bytes), array.Sha256);
    }

    [Fact]
    public void Labels_are_read()
    {
        var array = IdxReader.ReadLabels(folder.Write("labels", Some.IdxLabels(3, 1, 2)));
        Assert.Equal([3, 1, 2], array.Data.ToArray());
        Assert.Equal(3, array.Count);
    }

    [Fact]
    public void Labels_given_for_images_are_named() =>
        AssertProblem(Some.IdxLabels(1, 2), "0x00000801; 0x00000803 (images) was expected. This is a file of labels", "images file");

    [Fact]
    public void Images_given_for_labels_are_named()
    {
        var path = folder.Write("x", Some.IdxImages(2));
        var problem = Some.ProblemOf(() => IdxReader.ReadLabels(path));
        Assert.Contains("This is a file of images", problem.Cause, StringComparison.Ordinal);
        Assert.Equal(path, problem.Where);
    }

    [Theory]
    [InlineData(0x0D03u, "32-bit floats in 3 dimensions")]
    [InlineData(0x0804u, "unsigned bytes in 4 dimensions")]
    [InlineData(0x12345678u, "no IDX file")]
    public void Another_magic_number_is_shown_and_explained(uint magic, string expected) =>
        AssertProblem(Some.Idx(magic, [2, 4, 3], new byte[24]), expected, "");

    [Fact]
    public void A_web_page_is_recognised() =>
        AssertProblem("<!DOCTYPE html><html></html>"u8.ToArray(), "web page", "fetch");

    [Fact]
    public void A_zip_archive_is_recognised() => AssertProblem("PK\x03\x04 and so on and on"u8.ToArray(), "zip archive", "Unpack");

    [Fact]
    public void A_gz_name_without_gzip_content_is_said() =>
        AssertProblem([1, 2, 3, 4, 5, 6, 7, 8], "ends in .gz but the content is not gzip", "Fetch", "x.gz");

    [Fact]
    public void An_empty_file_is_said() => AssertProblem([], "empty", "delete it");

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(15)]
    public void A_file_that_ends_in_its_header_is_said(int length) =>
        AssertProblem(Some.IdxImages(2)[..length], "ends inside its header", "Fetch");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_truncated_file_tells_both_counts(bool compressed)
    {
        var cut = Some.IdxImages(5)[..^7];
        AssertProblem(compressed ? TestFolder.Gzip(cut) : cut, "5 x 4 x 3 = 60 bytes of data, 53 are there", "Fetch");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trailing_bytes_are_counted(bool compressed)
    {
        byte[] more = [.. Some.IdxImages(5), 1, 2, 3];
        AssertProblem(compressed ? TestFolder.Gzip(more) : more, "3 bytes follow the 5 x 4 x 3 bytes", "damaged");
    }

    [Fact]
    public void A_gzip_file_cut_short_is_said()
    {
        var whole = TestFolder.Gzip(Some.IdxImages(500));
        AssertProblem(whole[..(whole.Length / 2)], "", "Fetch");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_file_that_lacks_data_is_read(bool compressed)
    {
        var whole = compressed ? TestFolder.Gzip(Some.IdxImages(9)) : Some.IdxImages(9);
        // The last eight bytes of gzip are its checksum and length: without them all data is still there.
        for (var length = 0; length < whole.Length - (compressed ? 8 : 0); length++)
        {
            var path = folder.Write("prefix", whole[..length]);
            Some.ProblemOf(() => IdxReader.ReadImages(path));
        }
    }

    [Fact]
    public void No_flipped_byte_of_a_gzip_file_changes_what_is_read()
    {
        var (good, images) = (TestFolder.Gzip(Some.IdxImages(9)), Some.IdxImages(9));
        for (var at = 0; at < good.Length; at++)
        {
            var flipped = good.ToArray();
            flipped[at] ^= 0x14;
            var path = folder.Write("flipped", flipped);
            var outcome = Record.Exception(() => Assert.Equal(Some.Sha256(images), IdxReader.ReadImages(path).Sha256));
            Assert.True(outcome is null or ProblemException, $"byte {at}: {outcome}");
        }
    }

    [Fact]
    public void Damaged_gzip_is_said()
    {
        var damaged = TestFolder.Gzip(Some.IdxImages(500));
        damaged.AsSpan(3000, 40).Fill(0xff);
        AssertProblem(damaged, "gzip compression is damaged", "Fetch");
    }

    [Theory]
    [InlineData(0, 4, 3, "dimension 1 the length 0")]
    [InlineData(-1, 4, 3, "dimension 1 the length 4294967295")]
    [InlineData(2, 1_000_000, 3, "dimension 2 the length 1000000")]
    [InlineData(2, 4, 0, "dimension 3 the length 0")]
    public void Absurd_dimensions_are_refused(int count, int height, int width, string expected) =>
        AssertProblem(Some.Idx(0x803, [count, height, width], new byte[24]), expected, "damaged");

    [Fact]
    public void A_compressed_header_that_declares_terabytes_allocates_nothing()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        AssertProblem(
            TestFolder.Gzip(Some.Idx(0x803, [2_000_000_000, 28, 28], new byte[100])), "more than this file can decompress to", "");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1_000_000_000);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_said()
    {
        Assert.Contains("no such file", Some.ProblemOf(() => IdxReader.ReadImages(folder.In("none"))).Cause, StringComparison.Ordinal);
        Assert.Contains("folder", Some.ProblemOf(() => IdxReader.ReadImages(folder.Path)).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Denied_permission_tells_the_command_that_allows_it()
    {
        var problem = Assert.Single(DataFile.Refused("/data/x", new UnauthorizedAccessException()).Problems);
        Assert.Contains("denied", problem.Cause, StringComparison.Ordinal);
        Assert.Contains("chmod a+r '/data/x'", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_and_labels_of_different_counts_name_both_files()
    {
        var (images, labels) = (Array([5, 4, 3], "images"), Array([4], "labels"));
        var problem = Some.ProblemOf(() => LabelledImages.Join(images, labels, 10));
        Assert.Equal("4 labels, but 5 images in images.", problem.Cause);
        Assert.Equal("labels", problem.Where);
    }

    [Fact]
    public void Labels_out_of_range_are_counted_and_the_first_is_shown()
    {
        var labels = new IdxArray("labels", [4], new byte[] { 9, 10, 3, 255 }, "");
        var problem = Some.ProblemOf(() => LabelledImages.Join(Array([4, 4, 3], "images"), labels, 10));
        Assert.Contains("2 labels are out of range; the first is 10 at position 1, 0 to 9 was expected", problem.Cause, StringComparison.Ordinal);
    }

    private static IdxArray Array(int[] dimensions, string path) =>
        new(path, dimensions, new byte[dimensions.Aggregate((a, b) => a * b)], "");

    private void AssertProblem(byte[] content, string cause, string remedy, string name = "x")
    {
        var path = folder.Write(name, content);
        var problem = Some.ProblemOf(() => IdxReader.ReadImages(path));
        Assert.Equal(path, problem.Where);
        Assert.Contains(cause, problem.Cause, StringComparison.Ordinal);
        Assert.Contains(remedy, problem.Remedy, StringComparison.OrdinalIgnoreCase);
    }
}
