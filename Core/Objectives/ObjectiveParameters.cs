using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Objectives;

/// <summary>The parameters of likelihoods, of the KL term and of how both enter the loss.</summary>
public static class ObjectiveParameters
{
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

    /// <summary>Length of the KL warm-up.</summary>
    public static Parameter<double> BetaWarmup { get; } = new(0.0)
    {
        Name = "beta_warmup",
        Section = ParameterSection.Training,
        Description = "epochs over which the weight of the KL grows in a straight line from 0 to beta; 0 for none",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>Length of a cycle of the KL's weight.</summary>
    public static Parameter<double> BetaCycle { get; } = new(0.0)
    {
        Name = "beta_cycle",
        Section = ParameterSection.Training,
        Description = "epochs after which the warm-up of the KL's weight starts again (Fu et al. 2019); 0 for never",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>Nats of each latent dimension that cost nothing.</summary>
    public static Parameter<double> FreeBits { get; } = new(0.0)
    {
        Name = "free_bits",
        Section = ParameterSection.Training,
        Description = "nats of KL that each latent dimension has for free in the loss (Kingma et al. 2016); 0 for none",
        Minimum = 0,
        Maximum = 1e3,
    };
}
