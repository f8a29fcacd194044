using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Layers;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>The plain autoencoder: a deterministic code, no prior.</summary>
public class AutoencoderFamily : ModelFamily
{
    /// <summary>The activation of the code.</summary>
    public static Parameter<string> CodeActivation { get; } = new("none")
    {
        Name = "code_activation",
        Section = ParameterSection.Model,
        Description = "activation of an autoencoder's code",
        Choices = ["none", "relu"],
    };

    /// <inheritdoc/>
    public override string Name => "ae";

    /// <inheritdoc/>
    public override string Description => "autoencoder: a deterministic code without a prior";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [CodeActivation];

    internal override bool Generates => false;

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
    [
        .. NetworkCatalogue.Reads(parameters),
        ModelParameters.Latent, CodeActivation,
        .. Likelihood.Reads(parameters), ObjectiveParameters.Reduction,
    ];

    internal override ImmutableArray<string> TrainingTerms => ["loss", "reconstruction"];

    internal override ImmutableArray<string> EvaluatedQuantities => ["reconstruction", "mse", "active_units"];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data) =>
        NetworkCatalogue.Check(parameters, data.Image);

    internal override ModelPlan Plan(ParameterSet parameters, DataShape data)
    {
        var likelihood = Likelihood.Of(parameters);
        return CodePlan.Create(
            parameters, data, $"{Description}; {likelihood.Description}, {parameters.Get(ObjectiveParameters.Reduction)} over pixels",
            (features, latent) => [new ModelPart("code", "encoder", [features], Code(parameters, features, latent))]);
    }

    internal override Model Build(ParameterSet parameters, DataShape data) =>
        new Deterministic(Plan(parameters, data), AutoencoderSetting.Of(parameters, data, probabilistic: false));

    private static ImmutableArray<Layer> Code(ParameterSet parameters, long features, int latent) =>
        parameters.Get(CodeActivation) == "relu"
            ? [new LinearLayer(features, latent), new ReluLayer()]
            : [new LinearLayer(features, latent)];

    /// <summary>An autoencoder whose posterior is a point.</summary>
    internal class Deterministic(ModelPlan plan, AutoencoderSetting setting) : Autoencoder(plan, setting)
    {
        public override Posterior Encode(Batch batch) =>
            new(Part("code").call(Part("encoder").call(batch.Images)), null);
    }
}
