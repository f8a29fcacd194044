namespace Core.Tests;

/// <summary>torch's default generator belongs to the process: tests that draw from it run one after another.</summary>
[CollectionDefinition("torch", DisableParallelization = true)]
public sealed class TorchCollection;
