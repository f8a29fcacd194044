using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Catalogue;

/// <summary>The parameters that several models share. A model's own parameters stand in the model's file.</summary>
public static class Parameters
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

    /// <summary>The model family.</summary>
    public static Parameter<string> Family { get; } = new("vae")
    {
        Name = "family",
        Section = ParameterSection.Model,
        Description = "the model family",
        Choices = [.. ModelCatalogue.All.Select(family => family.Name)],
    };

    /// <summary>The architecture of encoder and decoder.</summary>
    public static Parameter<string> Encoder { get; } = new("dense")
    {
        Name = "encoder",
        Section = ParameterSection.Model,
        Description = "the architecture of the encoder; the decoder mirrors it",
        Choices = [.. NetworkCatalogue.All.Select(network => network.Name)],
    };

    /// <summary>The architecture of the decoder.</summary>
    public static Parameter<string> Decoder { get; } = new(NetworkCatalogue.Mirror)
    {
        Name = "decoder",
        Section = ParameterSection.Model,
        Description = "the architecture of the decoder: mirror (the encoder's, backwards) or one of its own",
        Choices = [NetworkCatalogue.Mirror, .. NetworkCatalogue.All.Select(network => network.Name)],
    };

    /// <summary>Dimensions of the latent space.</summary>
    public static Parameter<int> Latent { get; } = new(16)
    {
        Name = "latent",
        Section = ParameterSection.Model,
        Description = "dimensions of the latent space",
        Minimum = 1,
        Maximum = 4096,
    };

    /// <summary>Where single images are decoded.</summary>
    public static Parameter<string> DecodeAt { get; } = new("")
    {
        Name = "decode_at",
        Section = ParameterSection.Model,
        Description = "points of the latent space at which the artifact 'points' shows images, such as '3 2; -3 2'; where it is empty, models with two latents show (0, 0), (3, 2), (-3, 2) and (0, -2)",
    };

    /// <summary>Hidden layers.</summary>
    public static Parameter<int> Depth { get; } = new(2)
    {
        Name = "depth",
        Section = ParameterSection.Model,
        Description = "hidden layers of the encoder; each convolutional one halves the image",
        Minimum = 1,
        Maximum = 16,
    };

    /// <summary>Width of the first hidden layer.</summary>
    public static Parameter<int> Width { get; } = new(32)
    {
        Name = "width",
        Section = ParameterSection.Model,
        Description = "units of a dense hidden layer, or channels of the first convolution (each further one doubles them)",
        Minimum = 1,
        Maximum = 16384,
    };

    /// <summary>What hidden units pass their sums through.</summary>
    public static Parameter<string> Activation { get; } = new(HiddenUnits.Rectified)
    {
        Name = "activation",
        Section = ParameterSection.Model,
        Description = "activation of the hidden units of dense and convolutional networks; leaky-relu passes on a fifth of what is negative",
        Choices = HiddenUnits.Activations,
    };

    /// <summary>The share of hidden units that a training step leaves out.</summary>
    public static Parameter<double> Dropout { get; } = new(0.0)
    {
        Name = "dropout",
        Section = ParameterSection.Model,
        Description = "share of the hidden units of dense and convolutional networks that each training step leaves out at random (Srivastava et al. 2014); of a GAN the discriminator's",
        Minimum = 0,
        Maximum = 0.95,
    };

    /// <summary>The likelihood p(x|z).</summary>
    public static Parameter<string> Likelihood { get; } = new("bernoulli")
    {
        Name = "likelihood",
        Section = ParameterSection.Model,
        Description = "the likelihood of a pixel given the latent code; mse is the squared error, a Gaussian of variance 1/2 without its constant in the loss; gaussian-learned has one learned variance for all pixels",
        Choices = Objectives.Likelihood.Names,
    };

    /// <summary>Variance of the Gaussian likelihood.</summary>
    public static Parameter<double> Variance { get; } = new(1.0)
    {
        Name = "variance",
        Section = ParameterSection.Model,
        Description = "variance of a pixel under the gaussian likelihood",
        Minimum = 0,
        ExclusiveMinimum = true,
        Maximum = 1e6,
    };

    /// <summary>What keeps a Gaussian's means in bounds.</summary>
    public static Parameter<string> OutputActivation { get; } = new("none")
    {
        Name = "output_activation",
        Section = ParameterSection.Model,
        Description = "activation of the means that the decoder gives under the gaussian, gaussian-learned and mse likelihoods",
        Choices = ["none", "sigmoid"],
    };

    /// <summary>How the reconstruction is summed in the loss.</summary>
    public static Parameter<string> Reduction { get; } = new("sum")
    {
        Name = "reduction",
        Section = ParameterSection.Model,
        Description = "the reconstruction in the training loss: sum over pixels, or mean over them; reported figures are always sums",
        Choices = ["sum", "mean"],
    };

    /// <summary>How the KL is summed in the loss.</summary>
    public static Parameter<string> DivergenceReduction { get; } = new("sum")
    {
        Name = "kl_reduction",
        Section = ParameterSection.Model,
        Description = "the KL in the training loss: sum over latent dimensions, mean over them, or their sum divided by the number of pixels",
        Choices = ["sum", "mean", "pixels"],
    };

    /// <summary>Weight of the KL term.</summary>
    public static Parameter<double> Beta { get; } = new(1.0)
    {
        Name = "beta",
        Section = ParameterSection.Model,
        Description = "weight of the KL term (Higgins et al. 2017)",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>Samples of the code for each image.</summary>
    public static Parameter<int> MonteCarloSamples { get; } = new(1)
    {
        Name = "monte_carlo_samples",
        Section = ParameterSection.Training,
        Description = "samples of the posterior that the training loss averages for each image (L of Kingma and Welling 2014)",
        Minimum = 1,
        Maximum = 1024,
    };

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

    /// <summary>The course of the learning rate.</summary>
    public static Parameter<string> Schedule { get; } = new("constant")
    {
        Name = "schedule",
        Section = ParameterSection.Training,
        Description = "course of the learning rate: constant, or cosine (from learning_rate down to 0 at the last epoch)",
        Choices = LearningRateSchedule.Names,
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

    /// <summary>Whether readings judge generated images.</summary>
    public static Parameter<bool> SampleQuality { get; } = new(false)
    {
        Name = "sample_quality",
        Section = ParameterSection.Training,
        Description = "whether readings judge 10,000 generated images by a classifier that is trained on the real ones, once for each data set: Fréchet distance of its features, classes covered, and whether images of a class are recognised as that class",
    };

    /// <summary>The first weights.</summary>
    public static Parameter<string> Init { get; } = new("pytorch")
    {
        Name = "init",
        Section = ParameterSection.Training,
        Description = "first weights: pytorch (Kaiming uniform) or keras (Glorot uniform, biases of zero)",
        Choices = Initialisation.Names,
    };
}
