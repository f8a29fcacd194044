using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>How validation images are chosen among the training images.</summary>
public enum SplitRule
{
    /// <summary>A seeded uniform choice. The default.</summary>
    Shuffled,

    /// <summary>
    /// The last ones in the order of the file, as Keras does. Not stratified: the last 5,000 of MNIST hold between 458
    /// and 563 images of a class.
    /// </summary>
    Last,
}

/// <summary>Which images of <see cref="Dataset.Train"/> train and which validate.</summary>
/// <param name="Train">Indices into <see cref="Dataset.Train"/>.</param>
/// <param name="Validation">Indices into <see cref="Dataset.Train"/>, disjoint from <paramref name="Train"/>.</param>
public sealed record DatasetSplit(IReadOnlyList<int> Train, IReadOnlyList<int> Validation)
{
    /// <summary>Validation images of the real data sets: 55,000 train, 5,000 validate, 10,000 test.</summary>
    public const int DefaultValidationCount = 5000;

    /// <summary>
    /// Splits the training images. With <see cref="SplitRule.Shuffled"/> both parts come shuffled, validation being the
    /// first <paramref name="validationCount"/> of a permutation seeded by the role <c>split</c>; a smaller validation
    /// part is therefore always contained in a larger one of the same seed.
    /// </summary>
    /// <exception cref="ProblemException">The count is negative or leaves no image to train on.</exception>
    public static DatasetSplit Create(
        Dataset dataset, int validationCount, ulong seed, SplitRule rule = SplitRule.Shuffled)
    {
        var count = dataset.Train.Count;
        if (validationCount < 0 || validationCount >= count)
            throw new ProblemException(
                $"data set {dataset.Name}",
                FormattableString.Invariant($"{validationCount} validation images asked for, of {count} training images."),
                FormattableString.Invariant($"Choose a number from 0 to {count - 1}."));
        var order = rule == SplitRule.Shuffled
            ? Permutation.Create(count, SeedSequence.Derive(seed, "split"))
            : LastFirst(count, validationCount);
        return new DatasetSplit(order[validationCount..], order[..validationCount]);
    }

    private static int[] LastFirst(int count, int validationCount)
    {
        var train = Enumerable.Range(0, count - validationCount);
        return [.. Enumerable.Range(count - validationCount, validationCount), .. train];
    }
}
