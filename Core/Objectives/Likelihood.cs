using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Layers;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>
/// p(x|z) of an image's pixels, each independent given the code. The decoder gives its parameters, one per pixel, before
/// any squashing. This is the one place that says what "reconstruction" means: −log p(x|z) in nats per image.
/// </summary>
public abstract class Likelihood
{
    /// <summary>The name, as a manifest writes it.</summary>
    public abstract string Name { get; }

    /// <summary>One phrase for the summary of a model.</summary>
    public abstract string Description { get; }

    /// <summary>The layers after a decoder's own that give what it does not.</summary>
    internal virtual ImmutableArray<Layer> Layers => [];

    /// <summary>−log p(x|z) of each image, <c>[batch]</c>, in nats.</summary>
    /// <param name="parameters">What the decoder and <see cref="Layers"/> gave, <c>[batch, channels, height, width]</c>.</param>
    /// <param name="images">Pixels from 0 to 1, <c>[batch, channels, height, width]</c>.</param>
    internal abstract Tensor NegativeLogLikelihood(Tensor parameters, Tensor images);

    /// <summary>The expected pixels, of the images' shape.</summary>
    internal abstract Tensor Mean(Tensor parameters);

    /// <summary>
    /// The part of −log p(x|z) that depends on neither image nor code, in nats per image, which the training loss leaves
    /// out; 0 where the loss is the whole of it.
    /// </summary>
    internal virtual double OmittedFromLoss(int pixels) => 0;

    /// <summary>The factor from this likelihood's implied β to the one against a Gaussian of variance 1, or null for none.</summary>
    internal virtual double? BetaAgainstUnitVariance => null;

    /// <summary>The parameters that the likelihoods read in a configuration.</summary>
    internal static IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
        parameters.Get(ObjectiveParameters.Likelihood) switch
        {
            "gaussian" => [ObjectiveParameters.Likelihood, ObjectiveParameters.Variance, ObjectiveParameters.OutputActivation],
            "mse" or "gaussian-learned" => [ObjectiveParameters.Likelihood, ObjectiveParameters.OutputActivation],
            _ => [ObjectiveParameters.Likelihood],
        };

    /// <summary>The likelihood that a checked configuration names.</summary>
    internal static Likelihood Of(ParameterSet parameters) => parameters.Get(ObjectiveParameters.Likelihood) switch
    {
        "bernoulli" => new BernoulliLikelihood(),
        "gaussian" => new GaussianLikelihood(parameters.Get(ObjectiveParameters.Variance), HasSigmoid(parameters)),
        "mse" => new SquaredErrorLikelihood(HasSigmoid(parameters)),
        "gaussian-learned" => new LearnedGaussianLikelihood(HasSigmoid(parameters)),
        "continuous-bernoulli" => new ContinuousBernoulliLikelihood(),
        var name => throw new InvalidOperationException($"no likelihood is named '{name}': the configuration was not checked"),
    };

    private static bool HasSigmoid(ParameterSet parameters) => parameters.Get(ObjectiveParameters.OutputActivation) == "sigmoid";

    /// <summary>The names that a manifest can choose.</summary>
    public static ImmutableArray<string> Names { get; } = ["bernoulli", "gaussian", "mse", "gaussian-learned", "continuous-bernoulli"];
}
