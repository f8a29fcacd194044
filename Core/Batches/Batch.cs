using static TorchSharp.torch;

namespace Orchestrator.Core.Batches;

/// <summary>Some images on the training device.</summary>
/// <param name="Images">Pixels from 0 to 1, <c>[batch, channels, height, width]</c>, float32.</param>
/// <param name="Labels">Classes, <c>[batch]</c>, int64; null where the data has none.</param>
/// <param name="Count">How many images.</param>
/// <param name="Indices">Places of the images in their set, <c>[batch]</c>, int64; null where they come from none.</param>
internal readonly record struct Batch(Tensor Images, Tensor? Labels, int Count, Tensor? Indices = null);
