namespace Orchestrator.Core.Data;

/// <summary>What can be said of a data set's content without loading it.</summary>
/// <param name="Shape">The shape of every image.</param>
/// <param name="ClassCount">Number of classes; 0 when there are no labels.</param>
/// <param name="TrainingImages">Images to train and validate on.</param>
/// <param name="Fingerprint">The identity of the content, see <see cref="DatasetFingerprint"/>.</param>
public sealed record KnownContent(ImageShape Shape, int ClassCount, int TrainingImages, string Fingerprint)
{
    /// <summary>What loading has shown.</summary>
    public static KnownContent Of(Dataset dataset) =>
        new(dataset.Shape, dataset.ClassCount, dataset.Train.Count, dataset.Fingerprint);
}
