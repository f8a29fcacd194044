using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Compares what was read with what was published.</summary>
internal static class PublishedDigest
{
    /// <summary>Returns the array when its digest is the published one.</summary>
    /// <exception cref="ProblemException">The content is another one.</exception>
    public static IdxArray Verify(IdxArray array, PublishedDataset dataset, PublishedFile file)
    {
        if (array.Sha256 == file.Sha256)
            return array;
        var cause = Owner(array.Sha256) is { } owner
            ? $"This file belongs to {owner}, not to {dataset.Name}."
            : $"The content is not {dataset.Name}'s: SHA-256 of the decompressed bytes is {array.Sha256}, "
                + $"{file.Sha256} was expected.";
        throw new ProblemException(
            array.Path,
            cause,
            $"Put {dataset.Name}'s own files into a folder '{dataset.Folders[0]}' inside the data folder, or delete this file "
                + "so that it is downloaded; use the data set 'idx' for files of your own.");
    }

    private static string? Owner(string sha256) => (
        from dataset in new[] { MnistEntry.Published, FashionMnistEntry.Published }
        from file in new[] { dataset.TrainImages, dataset.TrainLabels, dataset.TestImages, dataset.TestLabels }
        where file.Sha256 == sha256
        select $"{dataset.Name} ({file.Name})").FirstOrDefault();
}
