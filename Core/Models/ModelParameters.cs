using Orchestrator.Core.Contracts;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models.Networks;

namespace Orchestrator.Core.Models;

/// <summary>The parameters that several families or networks read. Their own ones stand in their files.</summary>
public static class ModelParameters
{
    /// <summary>The model family.</summary>
    public static Parameter<string> Family { get; } = new("vae")
    {
        Name = LoadedExtensions.ModelChoice,
        Section = ParameterSection.Model,
        Description = "the model family",
        Choices = [.. ModelCatalogue.BuiltIn.Select(family => family.Name)],
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

    /// <summary>Samples of the code for each image.</summary>
    public static Parameter<int> MonteCarloSamples { get; } = new(1)
    {
        Name = "monte_carlo_samples",
        Section = ParameterSection.Training,
        Description = "samples of the posterior that the training loss averages for each image (L of Kingma and Welling 2014)",
        Minimum = 1,
        Maximum = 1024,
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
