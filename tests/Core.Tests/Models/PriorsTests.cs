using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Models;

[Collection("torch")]
public sealed class PriorsTests
{
    private static readonly ParameterSet Plane = Some.Configuration.With(ModelParameters.Latent, 2);

    [Fact]
    public void The_vamp_prior_is_a_density_whatever_its_pseudo_inputs()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var model = Build(Plane.With(ModelParameters.Family, "vamp-vae").With(VampPriorFamily.PseudoInputs, 4));

        Assert.Equal(1.0, Mass(model), 3);
    }

    [Fact]
    public void A_vamp_prior_of_one_pseudo_input_is_its_posterior()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var model = Build(Plane.With(ModelParameters.Family, "vamp-vae").With(VampPriorFamily.PseudoInputs, 1));
        var pseudo = model.named_parameters().First(p => p.name == "pseudo_inputs.weight").parameter.view(1, 1, 28, 28).clamp(0.0, 1.0);
        var posterior = model.Encode(new Batch(pseudo, null, 1));
        var codes = posterior.Sample();

        Assert.Equal(0.0, model.Divergence(posterior, codes)!.item<float>(), 5);
        Assert.Equal(codes.data<float>().ToArray(), model.FromNoise((codes - posterior.Mean) / (posterior.LogVariance! * 0.5).exp()).data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void The_divergence_of_the_standard_prior_is_the_mean_of_its_estimates()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        manual_seed(1);
        var (mean, logVariance) = (tensor(new[] { 0.7, -0.2 }, [1, 2]), tensor(new[] { -1.0, 0.3 }, [1, 2]));
        var posterior = new Posterior(mean.expand(200_000, 2), logVariance.expand(200_000, 2));
        var codes = posterior.Sample();

        var estimate = (LogPosterior(codes, posterior) - Core.Objectives.GaussianDensity.LogStandard(codes)).mean().item<double>();

        // The estimate's own standard error is about 0.002.
        Assert.Equal(Core.Objectives.GaussianDivergence.FromStandardNormal(mean, logVariance).item<double>(), estimate, 0.01);
    }

    [Fact]
    public void A_flow_with_no_weight_is_the_standard_prior()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var model = Build(Plane.With(ModelParameters.Family, "flow-vae"));
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (name.StartsWith("coupling_", StringComparison.Ordinal))
                parameter.zero_();
        }
        var noise = randn([3, 2]);

        Assert.Equal(noise.data<float>().ToArray(), model.FromNoise(noise).data<float>().ToArray());
        Assert.Equal(1.0, Mass(model), 3);
    }

    /// <summary>The integral of the prior that the divergence implies, exp(log q(z) − divergence), over the plane.</summary>
    private static double Mass(Autoencoder model)
    {
        const int Side = 401;
        const double Reach = 8.0;
        var axis = (arange(Side, dtype: ScalarType.Float32) / (Side - 1.0) * 2.0 - 1.0) * Reach;
        var grid = stack([axis.view(Side, 1).expand(Side, Side).reshape(-1), axis.view(1, Side).expand(Side, Side).reshape(-1)], 1);
        var posterior = new Posterior(zeros_like(grid), zeros_like(grid));
        var logPrior = LogPosterior(grid, posterior) - model.Divergence(posterior, grid)!;
        var cell = 2 * Reach / (Side - 1);
        return logPrior.exp().sum().item<float>() * cell * cell;
    }

    private static Tensor LogPosterior(Tensor codes, Posterior posterior) =>
        Core.Objectives.GaussianDensity.Log(codes, posterior.Mean, posterior.LogVariance!);

    private static Autoencoder Build(ParameterSet parameters) =>
        (Autoencoder)Initialisation.Build(ModelCatalogue.Of(parameters), parameters, DatasetFacts.Of(parameters).Shape, 3);
}
