namespace Orchestrator.Core.Files;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">By name.</param>
/// <param name="Metadata">Free text by key, without the digest.</param>
internal sealed record SafetensorsContent(
    IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
