using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>A module that a script built, as a layer of a plan: its shapes and counts are measured, not foretold.</summary>
/// <param name="Module">The module; the model takes it over.</param>
/// <param name="Output">The shape that it gives for one image.</param>
/// <param name="Rows">Its children in order, where it is a sequence; else itself.</param>
internal sealed record ModuleLayer(
    nn.Module<Tensor, Tensor> Module, ImmutableArray<long> Output, ImmutableArray<(string Name, string Type, ImmutableArray<long> Output, long Parameters)> Rows)
    : Layer
{
    /// <summary>Images that a module is tried with: one would be dropped by a careless squeeze.</summary>
    private const int Tried = 2;

    public override string Type => Module.GetType().Name;

    public override long Parameters => Rows.Sum(row => row.Parameters);

    /// <summary>Measures a module with an input of zeros.</summary>
    public static ModuleLayer Of(nn.Module<Tensor, Tensor> module, ImmutableArray<long> input)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        module.eval();
        try
        {
            var tensor = zeros([Tried, .. input]);
            var rows = ImmutableArray.CreateBuilder<(string, string, ImmutableArray<long>, long)>();
            foreach (var (name, stage) in StagesOf(module))
            {
                tensor = stage.call(tensor);
                rows.Add((name, stage.GetType().Name, [.. tensor.shape.Skip(1)], stage.parameters().Sum(parameter => parameter.numel())));
            }
            return new ModuleLayer(module, [.. tensor.shape.Skip(1)], rows.ToImmutable());
        }
        finally
        {
            module.train();
        }
    }

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => Output;

    public override nn.Module<Tensor, Tensor> Create() => Module;

    public override IEnumerable<LayerDescription> Describe(string group, string name, ImmutableArray<long> input) =>
        Rows.Select(row => new LayerDescription(
            group, row.Name.Length == 0 ? name : $"{name}.{row.Name}", row.Type, row.Output, row.Parameters));

    private static IEnumerable<(string Name, nn.Module<Tensor, Tensor> Stage)> StagesOf(nn.Module<Tensor, Tensor> module) =>
        module is TorchSharp.Modules.Sequential && module.named_children().All(child => child.module is nn.Module<Tensor, Tensor>)
            ? module.named_children().Select(child => (child.name, (nn.Module<Tensor, Tensor>)child.module))
            : [("", module)];
}
