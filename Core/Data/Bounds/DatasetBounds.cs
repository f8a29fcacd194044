namespace Orchestrator.Core.Data;

/// <summary>
/// What no training is needed to know about a data set. With pixels in [0, 1] and nothing binarised, a mean Bernoulli
/// cross-entropy below the pixel entropy is impossible, and one above the mean image's has learned nothing.
/// </summary>
/// <param name="Train">The bounds on the training images.</param>
/// <param name="Test">The bounds on the test images, for a mean image and a constant taken from the training images.</param>
public sealed record DatasetBounds(PartBounds Train, PartBounds Test)
{
    /// <summary>Computes the bounds of a data set.</summary>
    public static DatasetBounds Compute(Dataset dataset)
    {
        var train = PixelMoments.Of(dataset.Train);
        return new DatasetBounds(PartBounds.Compute(train, train), PartBounds.Compute(PixelMoments.Of(dataset.Test), train));
    }
}

/// <summary>The bounds on one part of a data set, per image.</summary>
/// <param name="PixelEntropy">Nats: the sum of the Bernoulli entropies of the pixel values; the floor of the cross-entropy.</param>
/// <param name="MeanImageBce">Nats: the cross-entropy of the training mean image as reconstruction.</param>
/// <param name="ConstantBce">Nats: the cross-entropy of one grey, the training mean of all pixels, as reconstruction.</param>
/// <param name="MeanImageSse">Squared error of the training mean image as reconstruction, pixels in [0, 1].</param>
public sealed record PartBounds(double PixelEntropy, double MeanImageBce, double ConstantBce, double MeanImageSse)
{
    internal static PartBounds Compute(PixelMoments part, PixelMoments train)
    {
        double mean = 0, constant = 0, squared = 0;
        var grey = train.Mean.Average();
        for (var pixel = 0; pixel < train.Mean.Length; pixel++)
        {
            var (x, p) = (part.Mean[pixel], train.Mean[pixel]);
            mean += Bernoulli.CrossEntropy(x, p, Bernoulli.MeanClip);
            constant += Bernoulli.CrossEntropy(x, grey, Bernoulli.MeanClip);
            squared += part.MeanSquare[pixel] - 2 * p * x + p * p;
        }
        return new PartBounds(part.Entropy, mean, constant, squared);
    }
}
