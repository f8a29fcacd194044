using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Evaluation;

/// <summary>The parameters that say what is measured and shown of a trained model.</summary>
public static class EvaluationParameters
{
    /// <summary>Where single images are decoded.</summary>
    public static Parameter<string> DecodeAt { get; } = new("")
    {
        Name = "decode_at",
        Section = ParameterSection.Model,
        Description = "points of the latent space at which the artifact 'points' shows images, such as '3 2; -3 2'; where it is empty, models with two latents show (0, 0), (3, 2), (-3, 2) and (0, -2)",
    };

    /// <summary>Whether readings judge generated images.</summary>
    public static Parameter<bool> SampleQuality { get; } = new(false)
    {
        Name = "sample_quality",
        Section = ParameterSection.Training,
        Description = "whether readings judge 10,000 generated images by a classifier that is trained on the real ones, once for each data set: Fréchet distance of its features, classes covered, and whether images of a class are recognised as that class",
    };
}
