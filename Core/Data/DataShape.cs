namespace Orchestrator.Core.Data;

/// <summary>What a model's architecture depends on of its data.</summary>
/// <param name="Image">The shape of every image.</param>
/// <param name="Classes">How many classes the labels have; 0 where there are none.</param>
internal sealed record DataShape(ImageShape Image, int Classes);
