using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>One minimization within a step. Each phase has its own optimizer and never moves another's parameters.</summary>
/// <param name="Name">Its name in checkpoints.</param>
/// <param name="Terms">Names of what <paramref name="Loss"/> gives, for the metrics <c>train/...</c>.</param>
/// <param name="Moved">The module whose parameters it moves.</param>
/// <param name="Loss">The loss of a batch.</param>
/// <param name="IsPartial">True where the loss depends on parameters of other phases as well; their gradients are not computed.</param>
internal sealed record TrainingPhase(
    string Name,
    ImmutableArray<string> Terms,
    nn.Module Moved,
    Func<Batch, TrainingStep, TermValues> Loss,
    bool IsPartial = false)
{
    /// <summary>
    /// What it moves, as the module has it now: TorchSharp's <c>to(device)</c> puts other parameters in the place of those that
    /// the module was built with.
    /// </summary>
    public IReadOnlyList<Parameter> Parameters => [.. Moved.parameters()];
}
