using Orchestrator.Core.Models;

namespace Orchestrator.Core.Training.Checkpoints;

/// <summary>The tensors of a training by their names in a checkpoint.</summary>
internal static class TrainingTensors
{
    private const string Weights = "model.";
    private const string Optimizer = "optimizer.";
    private const string Sums = "sums.";

    /// <summary>Weights and buffers, each optimizer's state, and the sums of the epoch under way.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> Save(Model model, IReadOnlyList<Optimization> optimizations)
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in WeightsFile.Of(model))
            tensors.Add(Weights + name, tensor);
        foreach (var optimization in optimizations)
        {
            tensors.Add(Optimizer + optimization.Name, optimization.SaveOptimizer());
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
            optimization.LoadOptimizer(Find(tensors, Optimizer + optimization.Name));
            Find(tensors, Sums + optimization.Name).CopyTo(optimization.Sums.Tensor);
        }
    }

    private static StoredTensor Find(IReadOnlyDictionary<string, StoredTensor> tensors, string name) =>
        tensors.GetValueOrDefault(name) ?? throw new InvalidDataException($"the checkpoint holds no tensor '{name}'");
}
