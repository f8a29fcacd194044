using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using TorchSharp.Modules;

namespace Orchestrator.Core.Objectives;

/// <summary>One minimization within a step. Each phase has its own optimizer and never moves another's parameters.</summary>
/// <param name="Name">Its name in checkpoints.</param>
/// <param name="Terms">Names of what <paramref name="Loss"/> gives, for the metrics <c>train/...</c>.</param>
/// <param name="Parameters">What it moves.</param>
/// <param name="Loss">The loss of a batch.</param>
/// <param name="IsPartial">True where the loss depends on parameters of other phases as well; their gradients are not computed.</param>
internal sealed record TrainingPhase(
    string Name,
    ImmutableArray<string> Terms,
    IReadOnlyList<Parameter> Parameters,
    Func<Batch, TrainingStep, TermValues> Loss,
    bool IsPartial = false);
