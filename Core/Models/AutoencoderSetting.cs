using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Models;

/// <summary>What every autoencoder is scored by.</summary>
/// <param name="Likelihood">p(x|z).</param>
/// <param name="Convention">How sums enter the loss.</param>
/// <param name="Latent">Dimensions of the code.</param>
/// <param name="Pixels">Values of an image.</param>
/// <param name="Probabilistic">True where the code has a posterior and a prior.</param>
/// <param name="Samples">Samples of the posterior for each image of a training batch.</param>
internal sealed record AutoencoderSetting(
    Likelihood Likelihood, LossConvention Convention, int Latent, int Pixels, bool Probabilistic, int Samples)
{
    /// <summary>The setting that a checked configuration names.</summary>
    public static AutoencoderSetting Of(ParameterSet parameters, DataShape data, bool probabilistic)
    {
        var latent = parameters.Get(ModelParameters.Latent);
        var pixels = data.Image.Pixels;
        return new(
            Likelihood.Of(parameters), LossConvention.Of(parameters, pixels, latent), latent, pixels, probabilistic,
            probabilistic ? parameters.Get(ModelParameters.MonteCarloSamples) : 1);
    }
}
