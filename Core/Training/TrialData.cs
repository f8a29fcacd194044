using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training;

/// <summary>The images of a trial on its device, and which of them train and validate.</summary>
internal sealed class TrialData : IDisposable
{
    private readonly DeviceImages _train;
    private readonly DeviceImages _test;
    private readonly DatasetSplit _split;
    private readonly ulong _seed;

    /// <summary>Splits a data set by the trial's seed and copies it to a device.</summary>
    public TrialData(Dataset dataset, int validation, ulong seed, Device device)
    {
        Shape = new DataShape(dataset.Shape, dataset.ClassCount);
        _seed = seed;
        _split = DatasetSplit.Create(dataset, validation, seed);
        _train = new DeviceImages(dataset.Train, device);
        _test = new DeviceImages(dataset.Test, device);
        Validation = new(_train, _train.Indices(_split.Validation), _split.Validation.Count);
        Test = new(_test, _test.Indices([.. Enumerable.Range(0, dataset.Test.Count)]), dataset.Test.Count);
        Train = new(_train, _train.Indices(_split.Train), _split.Train.Count);
    }

    /// <summary>What a model's architecture depends on.</summary>
    public DataShape Shape { get; }

    /// <summary>The images to learn from, in the order of the split.</summary>
    public ImageSelection Train { get; }

    /// <summary>The images held out; may be none.</summary>
    public ImageSelection Validation { get; }

    /// <summary>The images that only readings see.</summary>
    public ImageSelection Test { get; }

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

    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test.Dispose();
        _train.Dispose();
        _test.Dispose();
    }
}
