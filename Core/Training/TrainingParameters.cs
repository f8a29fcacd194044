using Orchestrator.Core.Contracts;
using Orchestrator.Core.Extensions;

namespace Orchestrator.Core.Training;

/// <summary>The parameters of the optimizer, of the learning rate and of early stopping.</summary>
public static class TrainingParameters
{
    /// <summary>Adam's step size.</summary>
    public static Parameter<double> LearningRate { get; } = new(1e-3)
    {
        Name = "learning_rate",
        Section = ParameterSection.Training,
        Description = "step size of the optimizer",
        Minimum = 0,
        ExclusiveMinimum = true,
        Maximum = 100,
    };

    /// <summary>The course of the learning rate.</summary>
    public static Parameter<string> Schedule { get; } = new("constant")
    {
        Name = LoadedExtensions.ScheduleChoice,
        Section = ParameterSection.Training,
        Description = "course of the learning rate: constant, or cosine (from learning_rate down to 0 at the last epoch)",
        Choices = LearningRateSchedule.Names,
    };

    /// <summary>Images of a batch.</summary>
    public static Parameter<int> BatchSize { get; } = new(128)
    {
        Name = "batch_size",
        Section = ParameterSection.Training,
        Description = "images of a batch",
        Minimum = 1,
        Maximum = 65536,
    };

    /// <summary>Adam's β₁.</summary>
    public static Parameter<double> AdamBeta1 { get; } = new(0.9)
    {
        Name = "adam_beta1",
        Section = ParameterSection.Training,
        Description = "Adam's beta1, the share of the past in its mean of gradients (GANs take 0.5)",
        Minimum = 0,
        Maximum = 0.9999,
    };

    /// <summary>Adam's ε.</summary>
    public static Parameter<double> AdamEpsilon { get; } = new(1e-8)
    {
        Name = "adam_epsilon",
        Section = ParameterSection.Training,
        Description = "Adam's epsilon (PyTorch's default is 1e-8, that of Keras 1e-7)",
        Minimum = 0,
        ExclusiveMinimum = true,
        Maximum = 1,
    };

    /// <summary>Weight decay.</summary>
    public static Parameter<double> WeightDecay { get; } = new(0.0)
    {
        Name = "weight_decay",
        Section = ParameterSection.Training,
        Description = "L2 penalty that Adam adds to the gradient",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>Epochs without an improvement that end a training.</summary>
    public static Parameter<int> Patience { get; } = new(0)
    {
        Name = "patience",
        Section = ParameterSection.Training,
        Description = "early stopping: epochs without an improvement of monitor that end a training before its last epoch; 0 trains to the end",
        Minimum = 0,
        Maximum = 1_000_000,
    };

    /// <summary>What early stopping watches.</summary>
    public static Parameter<string> Monitor { get; } = new("val/elbo")
    {
        Name = "monitor",
        Section = ParameterSection.Training,
        Description = "the metric that early stopping watches, in the metric's own direction",
        Choices = EarlyStopping.Metrics,
    };

    /// <summary>The least improvement that early stopping counts.</summary>
    public static Parameter<double> MinDelta { get; } = new(0.0)
    {
        Name = "min_delta",
        Section = ParameterSection.Training,
        Description = "early stopping: what a change of monitor must be more than to be an improvement, in the metric's unit",
        Minimum = 0,
        Maximum = 1e6,
    };
}
