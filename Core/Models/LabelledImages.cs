using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>
/// The images of a set that show their label: those whose place times the golden ratio has a fractional part below the
/// fraction. That spreads them evenly over the set, takes more of the same images as the fraction grows, and needs no list.
/// </summary>
/// <param name="Fraction">From 0 to 1.</param>
internal sealed record LabelledImages(double Fraction)
{
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>1 where an image shows its label, else 0, <c>[batch]</c>, float64.</summary>
    /// <param name="indices">Places in the set, <c>[batch]</c>, int64.</param>
    public Tensor Mask(Tensor indices) =>
        (indices.to(ScalarType.Float64) * GoldenRatio).frac().lt((TorchSharp.Scalar)Fraction).to(ScalarType.Float64);

    /// <summary>The mean of values <c>[batch]</c> over the images that show their label; 0 where none does.</summary>
    public Tensor Mean(Tensor values, Tensor? indices)
    {
        if (indices is null || Fraction >= 1)
            return values.mean();
        var mask = Mask(indices).to(values.dtype);
        return (values * mask).sum() / mask.sum().clamp_min(1.0);
    }
}
