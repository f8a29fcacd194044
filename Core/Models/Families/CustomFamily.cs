using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Layers;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>A custom model as a family beside the built-in ones.</summary>
/// <param name="model">The model.</param>
/// <param name="origin">Where it comes from, for messages.</param>
internal sealed class CustomFamily(CustomModel model, string origin) : ModelFamily
{
    public override string Name => model.Name;

    public override string Description => model.Description;

    internal override bool Generates => !model.IsDeterministic;

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
    [
        ModelParameters.Latent, .. model.Reads, .. Likelihood.Reads(parameters), ObjectiveParameters.Reduction,
        .. model.IsDeterministic ? [] : new ParameterDefinition[] { ModelParameters.MonteCarloSamples },
        .. HasKlTerm ? [.. KlObjective.ReadsOfWeight, ObjectiveParameters.FreeBits] : Array.Empty<ParameterDefinition>(),
        .. HasRegulariser ? [ObjectiveParameters.DivergenceReduction] : Array.Empty<ParameterDefinition>(),
    ];

    internal override ImmutableArray<string> TrainingTerms => model.IsDeterministic ? ["loss", "reconstruction"] : base.TrainingTerms;

    internal override ImmutableArray<string> EvaluatedQuantities =>
        model.IsDeterministic ? ["reconstruction", "mse", "active_units"] : base.EvaluatedQuantities;

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data)
    {
        Problem[] weight = HasKlTerm ? [.. KlObjective.Check(parameters, KlObjective.ReadsOfWeight)] : [];
        return weight.Length > 0 ? weight : CustomModelCheck.Problems(model, origin, parameters, data.Image);
    }

    internal override ModelPlan Plan(ParameterSet parameters, DataShape data)
    {
        var modules = model.Build(parameters, data.Image);
        try
        {
            return PlanOf(modules, parameters, data.Image);
        }
        finally
        {
            modules.Encoder.Dispose();
            modules.Decoder.Dispose();
        }
    }

    internal override Model Build(ParameterSet parameters, DataShape data)
    {
        var modules = model.Build(parameters, data.Image);
        return new Custom(
            PlanOf(modules, parameters, data.Image),
            AutoencoderSetting.Of(parameters, data, probabilistic: !model.IsDeterministic),
            model.IsDeterministic,
            RegulariserOf(parameters));
    }

    private bool HasKlTerm => !model.IsDeterministic && model.Regulariser is null;

    private bool HasRegulariser => HasKlTerm || model.Regulariser is not null;

    private ModelPlan PlanOf(CustomModules modules, ParameterSet parameters, ImageShape image)
    {
        var (likelihood, latent) = (Likelihood.Of(parameters), parameters.Get(ModelParameters.Latent));
        var weight = HasKlTerm
            ? LossConvention.Of(parameters, image.Pixels, latent).Describe(parameters.Get(ObjectiveParameters.Beta), likelihood)
            : model.Regulariser is null ? "no regulariser" : "a regulariser of its own";
        long[] shape = [image.Channels, image.Height, image.Width];
        return new ModelPlan(
            $"{Description} (from {origin}); {likelihood.Description}, {weight}",
            [
                new ModelPart("encoder", "encoder", [.. shape], [ModuleLayer.Of(modules.Encoder, [.. shape])]),
                new ModelPart("decoder", "decoder", [latent], [ModuleLayer.Of(modules.Decoder, [latent]), .. likelihood.Layers]),
            ]);
    }

    private Func<EncodedBatch, Tensor>? RegulariserOf(ParameterSet parameters)
    {
        if (HasKlTerm)
            return KlObjective.Of(parameters).Of;
        return model.Regulariser is { } regulariser ? encoded => regulariser(parameters, InputOf(encoded)) : null;
    }

    private static LossInput InputOf(EncodedBatch encoded) => new(
        encoded.Batch.Images, encoded.Batch.Labels, encoded.Posterior.Mean, encoded.Posterior.LogVariance, encoded.Codes,
        encoded.Divergence, encoded.Step.Look(EpochAt));

    private static double EpochAt(long index, int perEpoch) => (double)index / perEpoch;

    private sealed class Custom(
        ModelPlan plan, AutoencoderSetting setting, bool deterministic, Func<EncodedBatch, Tensor>? regulariser)
        : Autoencoder(plan, setting)
    {
        public override Posterior Encode(Batch batch)
        {
            var given = Part("encoder").call(batch.Images);
            return deterministic ? new(given, null) : new(given.narrow(1, 0, Latent), given.narrow(1, Latent, Latent));
        }

        public override Tensor? Divergence(Posterior posterior, Tensor codes) =>
            deterministic ? null : GaussianDivergence.FromStandardNormal(posterior.Mean, posterior.LogVariance!);

        protected override Tensor? Regulariser(EncodedBatch encoded)
        {
            // A script's code may do on the host what a recorded step would not repeat: a number that changes keeps every
            // step a plain one.
            encoded.Step.Number(EpochAt);
            return regulariser?.Invoke(encoded);
        }
    }
}
