namespace Orchestrator.Core.Tests;

/// <summary>Tests that use torch's process-wide generator or thread count run one after the other.</summary>
[CollectionDefinition("torch", DisableParallelization = true)]
public sealed class TorchCollection;
