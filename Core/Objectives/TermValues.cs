using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>What one phase gives for one batch. Nothing of it is read by the host.</summary>
/// <param name="Loss">What is minimized, a scalar.</param>
/// <param name="Terms">A scalar for each of the phase's names: means over the batch.</param>
internal readonly record struct TermValues(Tensor Loss, ImmutableArray<Tensor> Terms);
