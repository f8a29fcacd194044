namespace Orchestrator.Core.Data;

/// <summary>A data set as it is published: a training part and a test part. Validation images are split off later.</summary>
/// <param name="Name">The catalogue's name, for example <c>fashion-mnist</c>.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Train">Images for training and validation.</param>
/// <param name="Test">Images that only the final evaluation reads.</param>
/// <param name="ClassCount">Number of classes; 0 when there are no labels.</param>
/// <param name="ClassNames">A name per class.</param>
/// <param name="Fingerprint">SHA-256 in lower-case hex of what defines the content, see <see cref="DatasetFingerprint"/>.</param>
public sealed record Dataset(
    string Name,
    string Description,
    ImageSet Train,
    ImageSet Test,
    int ClassCount,
    IReadOnlyList<string> ClassNames,
    string Fingerprint)
{
    /// <summary>The shape of every image.</summary>
    public ImageShape Shape => Train.Shape;
}
