namespace Orchestrator.Core.Training;

/// <summary>Where in the training a batch stands.</summary>
/// <param name="Index">Steps before it, over all epochs.</param>
/// <param name="PerEpoch">Steps of one epoch.</param>
internal readonly record struct TrainingStep(long Index, int PerEpoch);
