namespace Orchestrator.Core.Data;

/// <summary>The catalogue's entry <c>fashion-mnist</c> (Xiao, Rasul, Vollgraf, 2017; Zalando SE, MIT).</summary>
internal static class FashionMnistEntry
{
    public static PublishedDataset Published { get; } = new()
    {
        Name = "fashion-mnist",
        Description = "Fashion-MNIST: 70,000 articles of clothing, 28x28 grey pixels, 60,000 to train and 10,000 to test. "
            + "Zalando SE; MIT.",
        Folders = ["fashion-mnist", "FashionMNIST/raw"],
        Mirrors =
        [
            new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        ],
        TrainImages = new(
            "train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        TrainLabels = new(
            "train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        TestImages = new(
            "t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        TestLabels = new(
            "t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        Shape = new(1, 28, 28),
        TrainCount = 60_000,
        ClassNames =
        [
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
        ],
    };

    public static DatasetEntry Entry { get; } = Published.ToEntry();
}
