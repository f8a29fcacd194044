using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Which data set is learnt from, and which of its images.</summary>
public static class DatasetSelection
{
    /// <summary>The data set.</summary>
    public static Parameter<string> Dataset { get; } = new()
    {
        Name = "dataset",
        Section = ParameterSection.Dataset,
        Description = "the data set to learn from",
        Choices = [.. DatasetCatalogue.Entries.Select(entry => entry.Name)],
    };

    /// <summary>Training images held out for validation.</summary>
    public static Parameter<int> Validation { get; } = new(5000)
    {
        Name = "validation",
        Section = ParameterSection.Dataset,
        Description = "training images held out for validation; 0 holds out none",
        Minimum = 0,
    };

    /// <summary>The class that training never sees.</summary>
    public static Parameter<int> WithoutClass { get; } = new(-1)
    {
        Name = "without_class",
        Section = ParameterSection.Dataset,
        Description = "a class left out of training and validation, to be detected in the test images as an anomaly; -1 leaves out none",
        Minimum = -1,
        Maximum = 255,
    };
}
