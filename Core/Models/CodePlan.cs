using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Models;

/// <summary>The plan of an encoder and a decoder around a code: what differs between families is the head between them.</summary>
internal static class CodePlan
{
    /// <summary>The part that holds an encoder's dense layers where labels come in before them.</summary>
    public const string ConditionedLayers = "encoder_dense";

    /// <summary>Encoder, the family's head from its features to the code, decoder.</summary>
    /// <param name="parameters">A checked configuration.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="summary">One sentence for people.</param>
    /// <param name="head">The parts from so many features to so many latent dimensions.</param>
    /// <param name="conditions">Numbers put beside the features, before dense layers, and beside the code; 0 for none.</param>
    public static ModelPlan Create(
        ParameterSet parameters, DataShape data, string summary, Func<long, int, ImmutableArray<ModelPart>> head, int conditions = 0)
    {
        var latent = parameters.Get(ModelParameters.Latent);
        var encoder = Encoder(parameters, data, conditions);
        var features = encoder[^1].Output[0] + (encoder[^1].Name == ConditionedLayers ? 0 : conditions);
        var inputs = latent + conditions;
        var decoder = new ModelPart(
            "decoder", "decoder", [inputs],
            [.. NetworkCatalogue.OfDecoder(parameters).Decoder(parameters, inputs, data.Image), .. Likelihood.Of(parameters).Layers]);
        return new ModelPlan(summary, [.. encoder, .. head(features, latent), decoder]);
    }

    private static ImmutableArray<ModelPart> Encoder(ParameterSet parameters, DataShape data, int conditions)
    {
        var (network, image) = (NetworkCatalogue.Of(parameters), data.Image);
        var widths = network.Dense(parameters);
        var convolutions = new ModelPart(
            "encoder", "encoder", [image.Channels, image.Height, image.Width], network.Features(parameters, image));
        var features = convolutions.Output[0] + conditions;
        if (conditions == 0)
            return [convolutions with { Layers = [.. convolutions.Layers, .. DenseChain.Of(features, widths, HiddenUnits.Of(parameters))] }];
        return widths.IsEmpty
            ? [convolutions]
            : [convolutions, new ModelPart(ConditionedLayers, "encoder", [features], [.. DenseChain.Of(features, widths, HiddenUnits.Of(parameters))])];
    }
}
