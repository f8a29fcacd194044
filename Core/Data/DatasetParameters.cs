using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>
/// The parameters that data sets take, in a manifest beside their name. An empty path and a count of 0 stand for "not
/// given". Paths stay out of a trial's identity, which holds the content's fingerprint instead; relative ones start at
/// the working directory.
/// </summary>
public static class DatasetParameters
{
    /// <summary>Where the user's own data lie.</summary>
    public static Parameter<string> Path { get; } = Location(
        "path", "own data: the folder of pictures (folder), of IDX files (idx), or the file (npz); relative to the working directory");

    /// <summary>A file of training images.</summary>
    public static Parameter<string> TrainImages { get; } = Location(
        "train_images", "the IDX file of training images, when it has another name than MNIST's");

    /// <summary>A file of training labels.</summary>
    public static Parameter<string> TrainLabels { get; } = Location("train_labels", "the IDX file of training labels");

    /// <summary>A file of test images.</summary>
    public static Parameter<string> TestImages { get; } = Location("test_images", "the IDX file of test images");

    /// <summary>A file of test labels.</summary>
    public static Parameter<string> TestLabels { get; } = Location("test_labels", "the IDX file of test labels");

    /// <summary>The number of classes.</summary>
    public static Parameter<int> Classes { get; } = new(0)
    {
        Name = "classes",
        Section = ParameterSection.Dataset,
        Description = "the number of classes of IDX files; with 0 the largest label decides",
        Minimum = 0,
        Maximum = 256,
    };

    /// <summary>The number of training images.</summary>
    public static Parameter<int> Train { get; } = Count(
        "train", "training images of dsprites (0 means 60000), mnist or fashion-mnist (0 means all): a fixed random choice, the same for every seed");

    /// <summary>The number of test images.</summary>
    public static Parameter<int> Test { get; } = Count(
        "test", "test images: of dsprites (0 means 10000), or held out of own data that has no test part (0 means a seventh)");

    private static Parameter<string> Location(string name, string description) => new("")
    {
        Name = name,
        Section = ParameterSection.Dataset,
        Description = description,
        IsLocation = true,
    };

    private static Parameter<int> Count(string name, string description) => new(0)
    {
        Name = name,
        Section = ParameterSection.Dataset,
        Description = description,
        Minimum = 0,
    };
}
