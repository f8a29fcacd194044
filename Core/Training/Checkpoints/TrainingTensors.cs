using Orchestrator.Core.Models;
using TorchSharp.Modules;

namespace Orchestrator.Core.Training.Checkpoints;

/// <summary>The tensors of a training by their names in a checkpoint.</summary>
internal static class TrainingTensors
{
    private const string Weights = "model.";
    private const string Optimizer = "optimizer.";
    private const string Sums = "sums.";

    /// <summary>Weights and buffers, each optimizer's state, and the sums of the epoch under way, as <see cref="StoredTensor.Of(TorchSharp.torch.Tensor)"/> holds them.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> Save(Model model, IReadOnlyList<Optimization> optimizations)
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in WeightsFile.Of(model))
            tensors.Add(Weights + name, tensor);
        foreach (var optimization in optimizations)
        {
            foreach (var (name, tensor) in OptimizerTensors.Of(optimization.Optimizer, ParametersOf(optimization, model)))
                tensors.Add(name, tensor);
            tensors.Add(Sums + optimization.Name, StoredTensor.Of(optimization.Sums.Tensor));
        }
        return tensors;
    }

    /// <summary>Restores what <see cref="Save"/> gave.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or has another shape.</exception>
    public static void Load(
        IReadOnlyDictionary<string, StoredTensor> tensors, Model model, IReadOnlyList<Optimization> optimizations)
    {
        foreach (var (name, tensor) in model.state_dict())
            Find(tensors, Weights + name).CopyTo(tensor);
        foreach (var optimization in optimizations)
        {
            if (tensors.TryGetValue(Optimizer + optimization.Name, out var opaque))
                OptimizerTensors.LoadOpaque(optimization.Optimizer, opaque);
            else
                OptimizerTensors.Load(optimization.Optimizer, ParametersOf(optimization, model), name => Find(tensors, name));
            Find(tensors, Sums + optimization.Name).CopyTo(optimization.Sums.Tensor);
        }
    }

    // The state of a parameter carries its phase's name: two phases could move the same parameter.
    private static IEnumerable<string> ParametersOf(Optimization optimization, Model model)
    {
        var names = new Dictionary<Parameter, string>(ReferenceEqualityComparer.Instance);
        foreach (var (name, parameter) in model.named_parameters())
            names.Add(parameter, name);
        return optimization.Parameters.Select(parameter => $"{Optimizer}{optimization.Name}.{names[parameter]}");
    }

    private static StoredTensor Find(IReadOnlyDictionary<string, StoredTensor> tensors, string name) =>
        tensors.GetValueOrDefault(name) ?? throw new InvalidDataException($"the checkpoint holds no tensor '{name}'");
}
