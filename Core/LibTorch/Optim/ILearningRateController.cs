namespace TorchSharp.Modules;

/// <summary>What a learning-rate scheduler changes.</summary>
public interface ILearningRateController
{
    double LearningRate { get; set; }

    double InitialLearningRate { get; set; }
}
