using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// The InfoVAE (Zhao, Song and Ermon 2019, equation 6): −log p(x|z) + (1 − α) KL(q(z|x) ‖ p(z)) + (α + λ − 1) MMD²(q(z), p(z)).
/// With α = 1 it is the MMD-VAE.
/// </summary>
public sealed class InformationFamily : GaussianCodeFamily
{
    /// <summary>How much of the KL is left out.</summary>
    public static Parameter<double> Alpha { get; } = new(0.0)
    {
        Name = "info_alpha",
        Section = ParameterSection.Model,
        Description = "alpha of the InfoVAE: the KL's weight is 1 - alpha (1 makes it the MMD-VAE)",
        Minimum = -1e3,
        Maximum = 1,
    };

    /// <summary>The weight of the divergence of the codes' distribution.</summary>
    public static Parameter<double> Lambda { get; } = new(1000.0)
    {
        Name = "info_lambda",
        Section = ParameterSection.Model,
        Description = "lambda of the InfoVAE: the weight of the discrepancy between codes and prior is alpha + lambda - 1",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>The kernel of the discrepancy.</summary>
    public static Parameter<string> Kernel { get; } = new("imq")
    {
        Name = "mmd_kernel",
        Section = ParameterSection.Model,
        Description = "kernel of the discrepancy: imq (inverse multiquadratic) or rbf (Gaussian)",
        Choices = MeanDiscrepancy.Kernels,
    };

    /// <summary>The kernel's width.</summary>
    public static Parameter<double> Bandwidth { get; } = new(1.0)
    {
        Name = "mmd_bandwidth",
        Section = ParameterSection.Model,
        Description = "width of the discrepancy's kernel, in standard deviations of the prior",
        Minimum = 0,
        ExclusiveMinimum = true,
        Maximum = 1e3,
    };

    /// <inheritdoc/>
    public override string Name => "info-vae";

    /// <inheritdoc/>
    public override string Description => "InfoVAE: the codes as a whole are led to the prior N(0, I) by their discrepancy";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [Alpha, Lambda, Kernel, Bandwidth];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data)
    {
        foreach (var problem in base.Check(parameters, data))
            yield return problem;
        if (parameters.Get(Alpha) + parameters.Get(Lambda) < 1)
        {
            yield return new Problem(
                Lambda.Name,
                FormattableString.Invariant($"The weight of the discrepancy would be {parameters.Get(Alpha) + parameters.Get(Lambda) - 1:G6}, which rewards it."),
                FormattableString.Invariant($"Choose at least {1 - parameters.Get(Alpha):G6}."));
        }
    }

    internal override IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters) => OwnParameters;

    internal override string Weight(ParameterSet parameters, Likelihood likelihood, LossConvention convention) =>
        FormattableString.Invariant($"{convention.Describe(1 - parameters.Get(Alpha), likelihood)}, weight of the MMD {Discrepancy(parameters):G6}");

    internal override Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting)
    {
        var measure = new MeanDiscrepancy(parameters.Get(Kernel) == "imq", parameters.Get(Bandwidth));
        var (divergence, discrepancy) = (1 - parameters.Get(Alpha), Discrepancy(parameters));
        return new VariationalModel(
            plan, setting,
            encoded => encoded.Divergence! * divergence + measure.Of(encoded.Codes, randn_like(encoded.Codes)) * discrepancy);
    }

    private static double Discrepancy(ParameterSet parameters) => parameters.Get(Alpha) + parameters.Get(Lambda) - 1;
}
