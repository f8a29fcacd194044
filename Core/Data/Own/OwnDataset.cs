using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Puts together what was read of the user's own data.</summary>
internal static class OwnDataset
{
    /// <summary>Joins the parts, holding out a test part if there is none, and checks that they fit.</summary>
    /// <exception cref="ProblemException">The parts differ in shape or only one has labels.</exception>
    public static Dataset Create(
        string name,
        string where,
        ImageSet train,
        ImageSet? test,
        int testCount,
        IReadOnlyList<string>? classNames = null,
        Func<ImageSet, ImageSet, string>? fingerprint = null)
    {
        if (test is null)
            (train, test) = HeldOut.Split(train, testCount, where);
        CheckParts(where, train, test);
        classNames ??= Enumerate(train, test);
        var print = fingerprint?.Invoke(train, test) ?? DatasetFingerprint.OfImages(train, test, classNames);
        var description = FormattableString.Invariant(
            $"Own data from {where}: {train.Count} training and {test.Count} test images of {train.Shape}.");
        return new Dataset(name, description, train, test, classNames.Count, classNames, print);
    }

    private static void CheckParts(string where, ImageSet train, ImageSet test)
    {
        var problems = new ProblemList();
        if (train.Shape != test.Shape)
            problems.Add(
                where,
                $"Training images are {train.Shape} and test images {test.Shape} (channels x height x width).",
                "Give both parts the same size and channels.");
        if (train.Labels is null != test.Labels is null)
            problems.Add(
                where,
                $"Only the {(train.Labels is null ? "test" : "training")} part has labels.",
                "Give labels for both parts or for none.");
        problems.ThrowIfAny();
    }

    private static string[] Enumerate(ImageSet train, ImageSet test)
    {
        var largest = -1;
        foreach (var labels in new[] { train.Labels, test.Labels })
            foreach (var label in labels is { } known ? known.Span : [])
                largest = Math.Max(largest, label);
        return [.. Enumerable.Range(0, largest + 1).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }
}
