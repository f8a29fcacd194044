using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Objectives;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training;

/// <summary>One phase of a model's step with its optimizer and the sums of its terms.</summary>
internal sealed class Optimization : IDisposable
{
    private readonly TrainingPhase _phase;
    private readonly Adam _optimizer;
    private readonly Tensor[]? _partial;

    /// <summary>Begins with a phase of a model that is on its device already.</summary>
    public Optimization(TrainingPhase phase, ParameterSet parameters, Device device)
    {
        _phase = phase;
        Parameters = phase.Parameters;
        _partial = phase.IsPartial ? [.. Parameters] : null;
        _optimizer = optim.Adam(
            Parameters,
            lr: parameters.Get(TrainingParameters.LearningRate),
            beta1: parameters.Get(TrainingParameters.AdamBeta1),
            beta2: 0.999,
            eps: parameters.Get(TrainingParameters.AdamEpsilon),
            weight_decay: parameters.Get(TrainingParameters.WeightDecay));
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
        if (_partial is null)
            values.Loss.backward();
        else
            values.Loss.backward(null, inputs: _partial);
        _optimizer.step();
        Sums.Add(values, batch.Count);
    }

    /// <summary>What is moved.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What moves it.</summary>
    public Adam Optimizer => _optimizer;

    public void Dispose()
    {
        Sums.Dispose();
        _optimizer.Dispose();
    }
}
