using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training;

/// <summary>One phase of a model's step with its optimizer and the sums of its terms.</summary>
internal sealed class Optimization : IDisposable
{
    private readonly TrainingPhase _phase;
    private readonly Adam _optimizer;

    public Optimization(TrainingPhase phase, ParameterSet parameters, Device device)
    {
        _phase = phase;
        _optimizer = optim.Adam(
            phase.Parameters,
            lr: parameters.Get(Parameters.LearningRate),
            beta1: parameters.Get(Parameters.AdamBeta1),
            eps: parameters.Get(Parameters.AdamEpsilon),
            weight_decay: parameters.Get(Parameters.WeightDecay));
        Sums = new RunningSums(phase.Terms.Length, device);
    }

    /// <summary>The phase's name.</summary>
    public string Name => _phase.Name;

    /// <summary>Names of the terms that <see cref="Sums"/> holds.</summary>
    public IReadOnlyList<string> Terms => _phase.Terms;

    /// <summary>The terms of the epoch so far.</summary>
    public RunningSums Sums { get; }

    /// <summary>Sets the learning rate of the steps to come.</summary>
    public double LearningRate
    {
        set
        {
            foreach (var group in _optimizer.ParamGroups)
                group.LearningRate = value;
        }
    }

    /// <summary>One step down the gradient of a batch. The host waits for nothing.</summary>
    public void Step(Batch batch, TrainingStep step)
    {
        _optimizer.zero_grad();
        var values = _phase.Loss(batch, step);
        values.Loss.backward();
        _optimizer.step();
        Sums.Add(values, batch.Count);
    }

    /// <summary>Moments and step counts, as the provider writes them.</summary>
    public StoredTensor SaveOptimizer()
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer))
            _optimizer.save_state_dict(writer);
        var bytes = buffer.ToArray();
        return new("U8", [bytes.Length], bytes);
    }

    /// <summary>Restores what <see cref="SaveOptimizer"/> gave.</summary>
    public void LoadOptimizer(StoredTensor stored)
    {
        using var reader = new BinaryReader(new MemoryStream(stored.Bytes));
        _optimizer.load_state_dict(reader);
    }

    public void Dispose()
    {
        Sums.Dispose();
        _optimizer.Dispose();
    }
}
