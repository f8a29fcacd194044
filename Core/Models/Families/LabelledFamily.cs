using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Layers;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// A VAE whose latent space is biased by labels: a linear classifier on the posterior mean adds w times its cross-entropy, over
/// the images that have a label. With few labels it is a semi-supervised model.
/// </summary>
public sealed class LabelledFamily : GaussianCodeFamily
{
    /// <summary>Weight of the classifier.</summary>
    public static Parameter<double> LabelWeight { get; } = new(10.0)
    {
        Name = "label_weight",
        Section = ParameterSection.Model,
        Description = "weight of the cross-entropy of the classifier on the latent mean",
        Minimum = 0,
        Maximum = 1e6,
    };

    /// <summary>How many images show their label.</summary>
    public static Parameter<double> LabelledFraction { get; } = new(1.0)
    {
        Name = "labelled_fraction",
        Section = ParameterSection.Model,
        Description = "fraction of the training images whose label the classifier sees, the same images for every seed",
        Minimum = 0,
        Maximum = 1,
    };

    /// <inheritdoc/>
    public override string Name => "label-vae";

    /// <inheritdoc/>
    public override string Description => "VAE whose latent space is biased by labels: a classifier on the posterior mean";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [LabelWeight, LabelledFraction];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data) =>
        [.. base.Check(parameters, data), .. CheckLabels(data)];

    internal override IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters) =>
        [.. KlObjective.ReadsOfWeight, ObjectiveParameters.FreeBits, LabelWeight, LabelledFraction];

    internal override ImmutableArray<ModelPart> Additions(ParameterSet parameters, DataShape data)
    {
        var latent = parameters.Get(ModelParameters.Latent);
        return [new("classifier", "classifier", [latent], [new LinearLayer(latent, data.Classes)])];
    }

    internal override Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting) =>
        new Labelled(plan, setting, KlObjective.Of(parameters), parameters.Get(LabelWeight), new LabelledImages(parameters.Get(LabelledFraction)));

    private sealed class Labelled(
        ModelPlan plan, AutoencoderSetting setting, KlObjective objective, double weight, LabelledImages labelled)
        : VariationalModel(plan, setting, objective.Of)
    {
        public override Tensor? Classify(Tensor codes) => Part("classifier").call(codes);

        protected override Tensor? Regulariser(EncodedBatch encoded) =>
            base.Regulariser(encoded)!.mean() + CrossEntropy(encoded) * weight;

        private Tensor CrossEntropy(EncodedBatch encoded)
        {
            var logits = Classify(encoded.Posterior.Mean)!;
            var each = nn.functional.cross_entropy(logits, encoded.Batch.Labels!, reduction: nn.Reduction.None);
            return labelled.Mean(each, encoded.Batch.Indices);
        }
    }
}
