using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>Images decoded from samples of the prior: the expected pixels, not draws of them.</summary>
internal static class SampleSheet
{
    private const int Columns = 10;
    private const int Rows = 10;

    /// <summary>The sheet; the codes follow from the seed alone.</summary>
    public static Picture Draw(IGenerator model, ImageShape shape, ulong seed, Device device) =>
        ImageSheet.Compose(shape, PixelBytes.Of(model.Generate(seed, Columns * Rows, device)), Columns);
}
