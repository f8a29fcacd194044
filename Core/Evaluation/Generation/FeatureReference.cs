using MathNet.Numerics.LinearAlgebra;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Generation;

/// <summary>What generated images of a data set are held against.</summary>
/// <param name="Classifier">Trained on the training images.</param>
/// <param name="Digest">SHA-256 of its weights, in lower-case hexadecimal.</param>
/// <param name="Accuracy">Its share of right answers on the test images.</param>
/// <param name="Test">The features of all test images.</param>
/// <param name="Floor">The Fréchet distance between training images, as many as are generated, and the test images.</param>
internal sealed record FeatureReference(
    FeatureClassifier Classifier, string Digest, double Accuracy, FeatureMoments Test, double Floor) : IDisposable
{
    /// <summary>Images that are generated, and training images that the floor is measured with (or all, where there are fewer).</summary>
    public const int Samples = 10_000;

    /// <summary>Trains the classifier of a data set with labels and measures the real images with it.</summary>
    public static FeatureReference Create(Dataset dataset, CancellationToken cancellation)
    {
        var classifier = FeatureClassifier.Train(dataset, cancellation);
        var (test, answers) = Judge(classifier, dataset.Test, [.. Enumerable.Range(0, dataset.Test.Count)], cancellation);
        var (train, _) = Judge(classifier, dataset.Train, Spread(dataset.Train.Count), cancellation);
        var labels = dataset.Test.Labels!.Value.ToArray();
        return new(
            classifier, FeatureReferenceFile.DigestOf(classifier), answers.Zip(labels).Average(pair => pair.First == pair.Second ? 1.0 : 0.0),
            test, FrechetDistance.Between(train, test));
    }

    public void Dispose() => Classifier.Dispose();

    private static (FeatureMoments Moments, List<int> Classes) Judge(
        FeatureClassifier classifier, ImageSet images, int[] indices, CancellationToken cancellation)
    {
        using var all = new DeviceImages(images, CPU);
        using var selection = new ImageSelection(all, all.Indices(indices), indices.Length);
        var (features, classes) = (new List<float>(), new List<int>());
        for (var index = 0; index < selection.Batches(EvaluationBatches.Size); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var judged = classifier.Judge(selection.Batch(index, EvaluationBatches.Size).Images);
            features.AddRange(judged.Features);
            classes.AddRange(judged.Classes);
        }
        return (FeatureMoments.Of(FeatureClassifier.Matrix(features)), classes);
    }

    /// <summary>Places spread evenly over a set, since a set may be sorted.</summary>
    private static int[] Spread(int count)
    {
        var chosen = Math.Min(Samples, count);
        return [.. Enumerable.Range(0, chosen).Select(i => (int)((long)i * count / chosen))];
    }
}
