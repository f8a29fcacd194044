using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Layers;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Models.Families;

/// <summary>What the families with a Gaussian posterior share: its two heads, the networks around it, what they read.</summary>
public abstract class GaussianCodeFamily : ModelFamily
{
    internal sealed override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
    [
        .. NetworkCatalogue.Reads(parameters),
        ModelParameters.Latent, .. Likelihood.Reads(parameters),
        .. ReadsOfObjective(parameters),
        ModelParameters.MonteCarloSamples, ObjectiveParameters.Reduction, ObjectiveParameters.DivergenceReduction,
    ];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data) =>
        [.. NetworkCatalogue.Check(parameters, data.Image), .. KlObjective.Check(parameters, ReadsOfObjective(parameters))];

    internal sealed override ModelPlan Plan(ParameterSet parameters, DataShape data)
    {
        var likelihood = Likelihood.Of(parameters);
        var convention = LossConvention.Of(parameters, data.Image.Pixels, parameters.Get(ModelParameters.Latent));
        return CodePlan.Create(
            parameters, data,
            $"{Description}; {likelihood.Description}, {Weight(parameters, likelihood, convention)}",
            (features, latent) =>
            [
                new ModelPart("mean", "encoder", [features], [new LinearLayer(features, latent)]),
                new ModelPart("log_variance", "encoder", [features], [new LinearLayer(features, latent)]),
                .. Additions(parameters, data),
            ],
            Conditions(data));
    }

    internal sealed override Model Build(ParameterSet parameters, DataShape data) =>
        Build(parameters, data, Plan(parameters, data), AutoencoderSetting.Of(parameters, data, probabilistic: true));

    /// <summary>The parameters of the terms beside the reconstruction.</summary>
    internal abstract IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters);

    /// <summary>The model over its plan.</summary>
    internal abstract Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting);

    /// <summary>The weight of the terms beside the reconstruction, in words.</summary>
    internal virtual string Weight(ParameterSet parameters, Likelihood likelihood, LossConvention convention) =>
        convention.Describe(parameters.Get(ObjectiveParameters.Beta), likelihood);

    /// <summary>Parts beside encoder and decoder.</summary>
    internal virtual ImmutableArray<ModelPart> Additions(ParameterSet parameters, DataShape data) => [];

    /// <summary>Numbers that encoder and decoder are given beside the image and the code.</summary>
    internal virtual int Conditions(DataShape data) => 0;

    /// <summary>The problem of a family that learns from labels on data without.</summary>
    internal IEnumerable<Problem> CheckLabels(DataShape data)
    {
        if (data.Classes == 0)
        {
            yield return new Problem(
                ModelParameters.Family.Name,
                $"The family '{Name}' learns from labels, and this data has none.",
                "Choose the family 'vae', or data with labels.");
        }
    }
}
