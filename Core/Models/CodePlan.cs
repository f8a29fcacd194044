using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Models.Networks;

namespace Orchestrator.Core.Models;

/// <summary>The plan of an encoder and a decoder around a code: what differs between families is the head between them.</summary>
internal static class CodePlan
{
    /// <summary>Encoder, the family's head from its features to the code, decoder.</summary>
    /// <param name="parameters">A checked configuration.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="summary">One sentence for people.</param>
    /// <param name="head">The parts from so many features to so many latent dimensions.</param>
    public static ModelPlan Create(
        ParameterSet parameters, DataShape data, string summary, Func<long, int, ImmutableArray<ModelPart>> head)
    {
        var network = NetworkCatalogue.Of(parameters);
        var latent = parameters.Get(Parameters.Latent);
        var image = data.Image;
        var encoder = new ModelPart(
            "encoder", "encoder", [image.Channels, image.Height, image.Width], network.Encoder(parameters, image));
        var decoder = new ModelPart("decoder", "decoder", [latent], network.Decoder(parameters, latent, image));
        return new ModelPlan(summary, [encoder, .. head(encoder.Output[0], latent), decoder]);
    }
}
