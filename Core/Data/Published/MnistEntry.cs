namespace Orchestrator.Core.Data;

/// <summary>The catalogue's entry <c>mnist</c> (LeCun, Cortes, Burges; CC BY-SA 3.0).</summary>
internal static class MnistEntry
{
    public static PublishedDataset Published { get; } = new()
    {
        Name = "mnist",
        Description = "MNIST: 70,000 handwritten digits of 28x28 grey pixels, 60,000 to train and 10,000 to test. "
            + "LeCun, Cortes, Burges; CC BY-SA 3.0.",
        Folders = ["mnist", "MNIST/raw"],
        Mirrors =
        [
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        ],
        TrainImages = new(
            "train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        TrainLabels = new(
            "train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        TestImages = new(
            "t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        TestLabels = new(
            "t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        Shape = new(1, 28, 28),
        TrainCount = 60_000,
        ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    };

    public static DatasetEntry Entry { get; } = Published.ToEntry();
}
