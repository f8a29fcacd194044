using Orchestrator.Core.Devices;
using Orchestrator.Core.Files;
using Orchestrator.Core.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training.Checkpoints;

/// <summary>The tensors of a training by their names in a checkpoint.</summary>
internal static class TrainingTensors
{
    private const string Weights = "model.";
    private const string Optimizer = "optimizer.";
    private const string Sums = "sums.";
    private const string Generator = "generator.";

    /// <summary>
    /// Weights and buffers, each optimizer's state, the sums of the epoch under way, and the states of the generators, as
    /// <see cref="StoredTensor.Of(Tensor)"/> holds them. Every step seeds the generators anew, so what a resumed training
    /// draws does not depend on them; they make a checkpoint whole.
    /// </summary>
    public static IReadOnlyDictionary<string, StoredTensor> Save(
        Model model, IReadOnlyList<Optimization> optimizations, Device device)
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
        foreach (var (name, state) in DeviceRuntime.Current.GeneratorStates(device))
            tensors.Add(Generator + name, StoredTensor.Of(state));
        return tensors;
    }

    /// <summary>Restores what <see cref="Save"/> gave.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or has another shape.</exception>
    public static void Load(
        IReadOnlyDictionary<string, StoredTensor> tensors, Model model, IReadOnlyList<Optimization> optimizations, Device device)
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
        LoadGenerators(tensors, device);
    }

    // A checkpoint of another kind of device, of another libtorch or of an older program lacks one: the next step seeds it.
    private static void LoadGenerators(IReadOnlyDictionary<string, StoredTensor> tensors, Device device)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, state) in DeviceRuntime.Current.GeneratorStates(device))
        {
            if (tensors.GetValueOrDefault(Generator + name) is { } stored && stored.Shape.AsSpan().SequenceEqual(state.shape))
                DeviceRuntime.Current.RestoreGenerator(name, stored.ToTensor(), device);
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
