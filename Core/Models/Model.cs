using System.Collections.Immutable;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>
/// A model under training: the modules of its plan, by the names of the state dictionary, and the phases of one step. An
/// autoencoder has one phase; a GAN has two, each with its own parameters and optimizer.
/// </summary>
internal abstract class Model : nn.Module
{
    private readonly Dictionary<string, nn.Module<Tensor, Tensor>> _parts = [];

    /// <summary>Builds every part of a plan, in its order, with weights drawn from torch's generator.</summary>
    protected Model(ModelPlan plan)
        : base(nameof(Model))
    {
        Plan = plan;
        foreach (var part in plan.Parts)
        {
            var module = part.Create();
            _parts.Add(part.Name, module);
            register_module(part.Name, module);
        }
    }

    /// <summary>What it consists of.</summary>
    public ModelPlan Plan { get; }

    /// <summary>What is minimized in each step, in order.</summary>
    public abstract ImmutableArray<TrainingPhase> Phases { get; }

    /// <summary>The module of a part of the plan.</summary>
    public nn.Module<Tensor, Tensor> Part(string name) => _parts[name];
}
