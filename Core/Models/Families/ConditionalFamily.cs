using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>
/// The conditional VAE (Sohn, Lee and Yan 2015): encoder and decoder both know the class, one-hot, beside the image's features
/// and beside the code.
/// </summary>
public sealed class ConditionalFamily : GaussianCodeFamily
{
    /// <inheritdoc/>
    public override string Name => "cvae";

    /// <inheritdoc/>
    public override string Description => "conditional VAE: encoder and decoder know the class of each image";

    internal override IEnumerable<Problem> Check(ParameterSet parameters, DataShape data) =>
        [.. base.Check(parameters, data), .. CheckLabels(data)];

    internal override IEnumerable<ParameterDefinition> ReadsOfObjective(ParameterSet parameters) =>
        [.. KlObjective.ReadsOfWeight, ObjectiveParameters.FreeBits];

    internal override int Conditions(DataShape data) => data.Classes;

    internal override Model Build(ParameterSet parameters, DataShape data, ModelPlan plan, AutoencoderSetting setting) =>
        new Conditional(plan, setting, KlObjective.Of(parameters), data.Classes);

    private sealed class Conditional(ModelPlan plan, AutoencoderSetting setting, KlObjective objective, int classes)
        : VariationalModel(plan, setting, objective.Of)
    {
        private readonly bool _hasDense = plan.Parts.Any(part => part.Name == CodePlan.ConditionedLayers);

        public override int Classes => classes;

        public override Posterior Encode(Batch batch)
        {
            var features = With(Part("encoder").call(batch.Images), batch.Labels!);
            return Heads(_hasDense ? Part(CodePlan.ConditionedLayers).call(features) : features);
        }

        /// <summary>Without labels the classes take turns: 0, 1, 2, ... and again.</summary>
        public override Tensor Decode(Tensor codes, Tensor? labels) => base.Decode(With(codes, labels ?? InTurn(codes)), labels);

        private Tensor InTurn(Tensor codes) =>
            arange(codes.shape[0], dtype: ScalarType.Int64, device: codes.device).remainder((TorchSharp.Scalar)classes);

        private Tensor With(Tensor values, Tensor labels) =>
            cat([values, nn.functional.one_hot(labels, classes).to(values.dtype)], 1);
    }
}
