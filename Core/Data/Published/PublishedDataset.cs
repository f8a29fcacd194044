namespace Orchestrator.Core.Data;

/// <summary>A file of a published data set.</summary>
/// <param name="Name">Its canonical name, without <c>.gz</c>.</param>
/// <param name="Sha256">The digest of its decompressed bytes, lower-case hex. The gzip wrapping differs between mirrors.</param>
public sealed record PublishedFile(string Name, string Sha256);

/// <summary>A data set that consists of four IDX files with known digests.</summary>
public sealed record PublishedDataset
{
    /// <summary>The catalogue's name; also the folder in the cache.</summary>
    public required string Name { get; init; }

    /// <summary>One or two sentences for people.</summary>
    public required string Description { get; init; }

    /// <summary>Folders below a data folder in which the files are looked for, before the data folder itself.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>Public homes, each a folder (ending in a slash) that serves the four files with <c>.gz</c>.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>The training images.</summary>
    public required PublishedFile TrainImages { get; init; }

    /// <summary>The training labels.</summary>
    public required PublishedFile TrainLabels { get; init; }

    /// <summary>The test images.</summary>
    public required PublishedFile TestImages { get; init; }

    /// <summary>The test labels.</summary>
    public required PublishedFile TestLabels { get; init; }

    /// <summary>The shape of every image.</summary>
    public required ImageShape Shape { get; init; }

    /// <summary>Images to train and validate on.</summary>
    public required int TrainCount { get; init; }

    /// <summary>A name per class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The fingerprint, known without reading anything.</summary>
    public string Fingerprint =>
        DatasetFingerprint.OfFiles(TrainImages.Sha256, TrainLabels.Sha256, TestImages.Sha256, TestLabels.Sha256);

    internal DatasetEntry ToEntry() => new()
    {
        Name = Name,
        Description = Description,
        Parameters = [DatasetParameters.Train],
        KnownContent = arguments => PublishedSubset.Of(this, arguments) is { } subset
            ? new(Shape, ClassNames.Count, subset.Count, subset.Fingerprint)
            : new(Shape, ClassNames.Count, TrainCount, Fingerprint),
        Files = locations =>
        {
            var roots = locations.Roots();
            return [.. new[] { TrainImages, TrainLabels, TestImages, TestLabels }
                .Select(file => new DatasetFile(file.Name, PublishedLocator.Find(this, file, roots)))];
        },
        Loader = async (arguments, request, cancellation) =>
        {
            var subset = PublishedSubset.Of(this, arguments);
            var all = await PublishedLoader.LoadAsync(this, request, cancellation).ConfigureAwait(false);
            return subset?.From(all) ?? all;
        },
    };
}
