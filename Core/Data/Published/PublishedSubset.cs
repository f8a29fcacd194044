using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>
/// A part of a published data set's training images, all of its test images: figures on the test images stay comparable.
/// The choice is fixed, and a smaller one is contained in every larger one.
/// </summary>
internal sealed record PublishedSubset(PublishedDataset Published, int Count)
{
    /// <summary>The identity of the chosen content.</summary>
    public string Fingerprint => DatasetFingerprint.OfGenerator(
        FormattableString.Invariant($"subset 1: {Published.Fingerprint}, train {Count}"));

    /// <summary>The part that arguments ask for; null for all of it.</summary>
    /// <exception cref="ProblemException">More images are asked for than there are.</exception>
    public static PublishedSubset? Of(PublishedDataset published, ParameterSet arguments)
    {
        var count = arguments.Get(DatasetParameters.Train);
        if (count > published.TrainCount)
            throw new ProblemException(
                $"data set {published.Name}",
                FormattableString.Invariant($"'train' is {count}, and there are {published.TrainCount} training images."),
                FormattableString.Invariant($"Choose at most {published.TrainCount}, or 0 for all."));
        return count == 0 || count == published.TrainCount ? null : new(published, count);
    }

    /// <summary>Takes the part out of the whole.</summary>
    public Dataset From(Dataset all)
    {
        var order = Permutation.Create(all.Train.Count, SeedSequence.Derive(0, "published subset"));
        return all with { Train = all.Train.Choose(order[..Count], $"data set {all.Name}"), Fingerprint = Fingerprint };
    }
}
