namespace Orchestrator.Core.Data;

/// <summary>Bernoulli entropies in nats, for grey values in [0, 1] taken as probabilities.</summary>
internal static class Bernoulli
{
    /// <summary>How far linear reconstructions, which overshoot, are kept from 0 and 1.</summary>
    public const double ReconstructionClip = 1e-4;

    /// <summary>How far mean images are kept from 0 and 1: only pixels that are always black or white come near.</summary>
    public const double MeanClip = 1e-6;

    /// <summary>The entropy H(x) of one pixel; 0 for black and white.</summary>
    public static double Entropy(double x) => x is 0 or 1 ? 0 : -x * Math.Log(x) - (1 - x) * Math.Log(1 - x);

    /// <summary>The cross-entropy of a pixel and its prediction, the prediction being clipped.</summary>
    public static double CrossEntropy(double x, double prediction, double clip)
    {
        var p = Math.Clamp(prediction, clip, 1 - clip);
        return -x * Math.Log(p) - (1 - x) * Math.Log(1 - p);
    }
}
