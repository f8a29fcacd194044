using MathNet.Numerics.LinearAlgebra;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Generation;

/// <summary>
/// A small convolutional classifier that the project trains on the real images, to judge generated ones with: 3x3
/// convolutions of 16 and 32 channels and stride 2, a dense layer of 64 whose outputs are the features, one of a unit for
/// each class; ReLU between them. It stays on the CPU.
/// </summary>
internal sealed class FeatureClassifier : nn.Module<Tensor, Tensor>
{
    /// <summary>Length of a feature vector.</summary>
    public const int Features = 64;

    /// <summary>What the weights depend on beside the data and the torch library: another protocol, another number.</summary>
    public const string Protocol = "conv16-conv32-dense64, 3 epochs and at least 1400 steps of Adam 1e-3 at batch 128, seed 0, version 1";

    private const int Epochs = 3;
    private const int Steps = 1400;
    private const int BatchSize = 128;
    private const double LearningRate = 1e-3;
    private const ulong Seed = 0;

    private readonly nn.Module<Tensor, Tensor> _features;
    private readonly nn.Module<Tensor, Tensor> _classes;

    /// <summary>A classifier with weights drawn from torch's generator.</summary>
    public FeatureClassifier(ImageShape shape, int classes)
        : base(nameof(FeatureClassifier))
    {
        var (height, width) = (Halved(Halved(shape.Height)), Halved(Halved(shape.Width)));
        _features = nn.Sequential(
            nn.Conv2d(shape.Channels, 16, 3, stride: 2, padding: 1), nn.ReLU(),
            nn.Conv2d(16, 32, 3, stride: 2, padding: 1), nn.ReLU(),
            nn.Flatten(), nn.Linear(32L * height * width, Features), nn.ReLU());
        _classes = nn.Linear(Features, classes);
        register_module("features", _features);
        register_module("classes", _classes);
    }

    /// <summary>
    /// Trains one on all training images, with one thread, so that the number of threads that trials are given changes
    /// nothing.
    /// </summary>
    public static FeatureClassifier Train(Dataset dataset, CancellationToken cancellation)
    {
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            manual_seed(unchecked((long)SeedSequence.Derive(Seed, "classifier")));
            var classifier = new FeatureClassifier(dataset.Shape, dataset.ClassCount);
            Fit(classifier, dataset.Train, cancellation);
            classifier.eval();
            return classifier;
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>Logits, <c>[batch, classes]</c>.</summary>
    public override Tensor forward(Tensor images) => _classes.call(_features.call(images));

    /// <summary>The features and the most probable class of each image, <c>[batch, channels, height, width]</c>, pixels from 0 to 1.</summary>
    public (float[] Features, int[] Classes) Judge(Tensor images)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var features = _features.call(images);
        var logits = _classes.call(features).data<float>().ToArray();
        var count = (int)images.shape[0];
        var classes = logits.Length / count;
        return (
            features.contiguous().data<float>().ToArray(),
            [.. Enumerable.Range(0, count).Select(image => Enumerable.Range(0, classes).MaxBy(label => logits[image * classes + label]))]);
    }

    /// <summary>Features as a matrix, one row an image.</summary>
    public static Matrix<double> Matrix(IReadOnlyList<float> features) =>
        Matrix<double>.Build.Dense(features.Count / Features, Features, (row, column) => features[row * Features + column]);

    private static void Fit(FeatureClassifier classifier, ImageSet images, CancellationToken cancellation)
    {
        using var all = new DeviceImages(images, CPU);
        using var optimizer = optim.Adam(classifier.parameters(), lr: LearningRate);
        var perEpoch = (images.Count + BatchSize - 1) / BatchSize;
        var epochs = Math.Max(Epochs, (Steps + perEpoch - 1) / perEpoch);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var order = Permutation.Create(images.Count, SeedSequence.Derive(Seed, "classifier order", (ulong)epoch));
            using var selection = new ImageSelection(all, all.Indices(order), order.Length);
            for (var index = 0; index < selection.Batches(BatchSize); index++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var batch = selection.Batch(index, BatchSize);
                optimizer.zero_grad();
                nn.functional.cross_entropy(classifier.call(batch.Images), batch.Labels!).backward();
                optimizer.step();
            }
        }
    }

    private static int Halved(int side) => (side + 1) / 2;
}
