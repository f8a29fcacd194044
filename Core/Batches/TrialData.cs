using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using static TorchSharp.torch;

namespace Orchestrator.Core.Batches;

/// <summary>The images of a trial on its device, and which of them train and validate.</summary>
internal sealed class TrialData : IDisposable
{
    /// <summary>Test images that costly figures and pictures look at.</summary>
    private const int SampleSize = 2000;

    private readonly DeviceImages _train;
    private readonly DeviceImages _test;
    private readonly DatasetSplit _split;
    private readonly ulong _seed;

    /// <summary>Splits a data set by the trial's seed, leaves a class out of what is trained and validated on, and copies it to a device.</summary>
    /// <exception cref="ProblemException">No training image is of another class.</exception>
    public TrialData(Dataset dataset, int validation, ulong seed, Device device, int? withoutClass = null)
    {
        Dataset = dataset;
        Shape = new DataShape(dataset.Shape, dataset.ClassCount);
        _seed = seed;
        WithoutClass = withoutClass;
        _split = Without(DatasetSplit.Create(dataset, validation, seed), dataset, withoutClass);
        _train = new DeviceImages(dataset.Train, device);
        _test = new DeviceImages(dataset.Test, device);
        Validation = new(_train, _train.Indices(_split.Validation), _split.Validation.Count);
        Test = new(_test, _test.Indices([.. Enumerable.Range(0, dataset.Test.Count)]), dataset.Test.Count);
        Train = new(_train, _train.Indices(_split.Train), _split.Train.Count);
        SampleIndices = SampleOf(dataset.Test.Count);
        Sample = new(_test, _test.Indices(SampleIndices), SampleIndices.Length);
    }

    /// <summary>The images themselves, on the host.</summary>
    public Dataset Dataset { get; }

    /// <summary>What a model's architecture depends on.</summary>
    public DataShape Shape { get; }

    /// <summary>The images to learn from, in the order of the split.</summary>
    public ImageSelection Train { get; }

    /// <summary>The images held out; may be none.</summary>
    public ImageSelection Validation { get; }

    /// <summary>The images that only readings see.</summary>
    public ImageSelection Test { get; }

    /// <summary>At most 2,000 test images, the same ones in the same order for every trial: what costly figures look at.</summary>
    public ImageSelection Sample { get; }

    /// <summary>The class that was left out of training and validation, or null.</summary>
    public int? WithoutClass { get; }

    /// <summary>Which test images the sample holds.</summary>
    public ImmutableArray<int> SampleIndices { get; }

    /// <summary>Which training images are held out.</summary>
    public IReadOnlyList<int> ValidationIndices => _split.Validation;

    /// <summary>
    /// The training images in the order of an epoch: a permutation that follows from the seed and the epoch alone. The
    /// caller disposes it.
    /// </summary>
    public ImageSelection Epoch(int epoch)
    {
        var order = Permutation.Create(_split.Train.Count, SeedSequence.Derive(_seed, "order", (ulong)epoch));
        for (var i = 0; i < order.Length; i++)
            order[i] = _split.Train[order[i]];
        return new(_train, _train.Indices(order), order.Length);
    }

    private static DatasetSplit Without(DatasetSplit split, Dataset dataset, int? left)
    {
        if (left is not { } label || dataset.Train.Labels is not { } labels)
            return split;
        int[] Others(IReadOnlyList<int> images) => [.. images.Where(image => labels.Span[image] != label)];
        var train = Others(split.Train);
        if (train.Length == 0)
        {
            throw new ProblemException(
                DatasetSelection.WithoutClass.Name,
                FormattableString.Invariant($"Without class {label} of {dataset.Name} no training image is left."),
                "Leave out another class, or none.");
        }
        return new DatasetSplit(train, Others(split.Validation));
    }

    private static ImmutableArray<int> SampleOf(int images) =>
        [.. Permutation.Create(images, SeedSequence.Derive(0, "evaluation sample")).Take(SampleSize)];

    public void Dispose()
    {
        Sample.Dispose();
        Train.Dispose();
        Validation.Dispose();
        Test.Dispose();
        _train.Dispose();
        _test.Dispose();
    }
}
