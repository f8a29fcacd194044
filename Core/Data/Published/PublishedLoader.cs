using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Finds or downloads the four files of a published data set, verifies them and joins them.</summary>
internal static class PublishedLoader
{
    public static async Task<Dataset> LoadAsync(
        PublishedDataset dataset, DatasetRequest request, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var roots = request.Locations.Roots();
        var offline = false;
        async Task<IdxArray?> Read(PublishedFile file, Func<string, IdxArray> reader)
        {
            var path = PublishedLocator.Find(dataset, file, roots);
            if (path is null && !offline)
            {
                path = await problems
                    .TryAsync(() => FileDownload.FetchAsync(dataset, file, request, cancellation)).ConfigureAwait(false);
                // What kept one file from arriving keeps the others too; to wait for each would only repeat it.
                offline = path is null;
            }
            return path is null ? null : problems.Try(() => PublishedDigest.Verify(reader(path), dataset, file));
        }

        var trainImages = await Read(dataset.TrainImages, IdxReader.ReadImages).ConfigureAwait(false);
        var trainLabels = await Read(dataset.TrainLabels, IdxReader.ReadLabels).ConfigureAwait(false);
        var testImages = await Read(dataset.TestImages, IdxReader.ReadImages).ConfigureAwait(false);
        var testLabels = await Read(dataset.TestLabels, IdxReader.ReadLabels).ConfigureAwait(false);
        if (trainImages is null || trainLabels is null || testImages is null || testLabels is null)
            throw new ProblemException(problems.Problems);
        var classes = dataset.ClassNames.Count;
        return new Dataset(
            dataset.Name,
            dataset.Description,
            LabelledImages.Join(trainImages, trainLabels, classes),
            LabelledImages.Join(testImages, testLabels, classes),
            classes,
            dataset.ClassNames,
            dataset.Fingerprint);
    }
}
