using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Splits a test part off data that comes without one.</summary>
internal static class HeldOut
{
    /// <summary>A fixed random choice of test images, a seventh where the count is 0; both parts keep the order of the data.</summary>
    /// <exception cref="ProblemException">Nothing would be left to train or to test on.</exception>
    public static (ImageSet Train, ImageSet Test) Split(ImageSet all, int testCount, string where)
    {
        var count = testCount > 0 ? testCount : Math.Max(1, all.Count / 7);
        if (count >= all.Count)
            throw new ProblemException(
                where,
                FormattableString.Invariant($"{count} of {all.Count} images cannot be held out for the test."),
                FormattableString.Invariant($"Give at least two images, and 'test' from 1 to {all.Count - 1}."));
        var order = Permutation.Create(all.Count, SeedSequence.Derive(0, "held-out test"));
        return (all.Choose(order[count..], where), all.Choose(order[..count], where));
    }
}
