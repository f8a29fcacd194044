using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>Images as bytes for pictures.</summary>
internal static class PixelBytes
{
    /// <summary>Pixels from 0 to 1 <c>[count, channels, height, width]</c>, clipped and rounded to 0..255, row-major.</summary>
    public static byte[] Of(Tensor images) =>
        (images.clamp(0.0, 1.0) * 255.0).round().to(ScalarType.Byte).cpu().contiguous().bytes.ToArray();
}
