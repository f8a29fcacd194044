using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation.Readings;

namespace Orchestrator.Core.Evaluation.Generation;

/// <summary>How near generated images are to real ones, as a classifier that was trained on the real ones sees them.</summary>
internal static class SampleFigures
{
    /// <summary>A class with less than this part of an equal share of the images is not covered.</summary>
    private const double Covered = 0.1;

    private const string Classifier =
        "small convolutional classifier of 64 features, trained on all training images (its digest is among the trial's remarks)";

    public static readonly ReadingMeasure Distance = new(
        "frechet_classifier.n10000", "squared distance of features", MetricDirection.Minimize,
        $"squared Fréchet distance between Gaussians fitted to features of 10,000 generated images and of all test images; {Classifier}; not comparable with any FID", Least: 0);

    public static readonly ReadingMeasure Floor = new(
        "frechet_classifier_floor.n10000", "squared distance of features", MetricDirection.Neutral,
        "the same distance between 10,000 training images and all test images: what real images get", Least: 0);

    public static readonly ReadingMeasure Entropy = new(
        "class_entropy.n10000", "nats", MetricDirection.Maximize,
        $"entropy of the classes of 10,000 generated images, ln of the number of classes where all are equally frequent; {Classifier}", Least: 0);

    public static readonly ReadingMeasure Classes = new(
        "classes_covered.n10000", "classes", MetricDirection.Maximize,
        $"classes that hold at least a tenth of an equal share of 10,000 generated images; {Classifier}", Least: 0);

    public static readonly ReadingMeasure Conditional = ReadingMeasure.Share(
        "conditional_accuracy.n10000", "accuracy",
        $"share of 10,000 images, as many of each class, that are recognised as the class that they were generated for; {Classifier}");

    public static readonly ReadingMeasure Accuracy = new(
        "accuracy.classifier", "accuracy", MetricDirection.Neutral,
        "share of the test images whose class that classifier recognises", 0, 1);

    /// <summary>All of them.</summary>
    public static readonly ReadingMeasure[] All = [Distance, Floor, Entropy, Classes, Conditional, Accuracy];

    /// <summary>The figures of judged images.</summary>
    /// <param name="images">The generated images' features and classes.</param>
    /// <param name="wanted">The class that each was generated for; null where none was asked for.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="reference">The real images.</param>
    public static IEnumerable<(ReadingMeasure Measure, double Value)> Of(
        JudgedImages images, IReadOnlyList<int>? wanted, int classes, FeatureReference reference)
    {
        double[] shares = [.. Shares(images.Classes, classes)];
        yield return (Distance, FrechetDistance.Between(FeatureMoments.Of(FeatureClassifier.Matrix(images.Features)), reference.Test));
        yield return (Floor, reference.Floor);
        yield return (Entropy, EntropyOf(shares));
        yield return (Classes, CoveredBy(shares));
        if (wanted is not null)
            yield return (Conditional, images.Classes.Zip(wanted).Average(pair => pair.First == pair.Second ? 1.0 : 0.0));
        yield return (Accuracy, reference.Accuracy);
    }

    /// <summary>Nats.</summary>
    internal static double EntropyOf(IEnumerable<double> shares) => shares.Where(share => share > 0).Sum(share => -share * Math.Log(share));

    /// <summary>How many classes are covered.</summary>
    internal static int CoveredBy(IReadOnlyList<double> shares) => shares.Count(share => share * shares.Count >= Covered);

    private static IEnumerable<double> Shares(IReadOnlyList<int> answers, int classes) =>
        Enumerable.Range(0, classes).Select(label => (double)answers.Count(answer => answer == label) / answers.Count);
}
