using Orchestrator.Core.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>The convolutions of a decoder, from the deepest features to the image.</summary>
internal static class ConvDecoder
{
    /// <summary>Stage for stage the encoder backwards; the last one gives the image.</summary>
    public static IEnumerable<Layer> Mirrored(ConvStages stages, HiddenUnits units)
    {
        for (var stage = stages.Count - 1; stage >= 0; stage--)
        {
            var (inputs, outputs, side) = (stages.Channels[stage + 1], stages.Channels[stage], stages.Sides[stage]);
            if (stages.Pools)
                yield return new UpsampleLayer(side);
            yield return stages.Halves(stage) && !stages.Pools
                ? Doubling(stages, inputs, outputs, stages.Sides[stage + 1], side)
                : Keeping(stages, inputs, outputs);
            if (stage == 0)
                continue;
            yield return units.Active;
            foreach (var layer in units.Dropped)
                yield return layer;
        }
    }

    /// <summary>A stage of its own for each halving to undo, then one of stride 1 that gives the image.</summary>
    public static IEnumerable<Layer> Own(ConvStages stages, HiddenUnits units, IEnumerable<int> channels)
    {
        var (inputs, from) = (stages.Channels[^1], stages.Sides[^1]);
        foreach (var (outputs, side) in channels.Zip(stages.Restored))
        {
            yield return stages.Pools ? Keeping(stages, inputs, outputs) : Doubling(stages, inputs, outputs, from, side);
            yield return units.Active;
            foreach (var layer in units.Dropped)
                yield return layer;
            if (stages.Pools)
                yield return new UpsampleLayer(side);
            (inputs, from) = (outputs, side);
        }
        yield return Keeping(stages, inputs, stages.Channels[0]);
    }

    private static TransposedConvolutionLayer Doubling(ConvStages stages, long inputs, long outputs, long from, long to) =>
        new(inputs, outputs, stages.Kernel, 2, stages.Padding, to - ((from - 1) * 2 - 2 * stages.Padding + stages.Kernel));

    private static TransposedConvolutionLayer Keeping(ConvStages stages, long inputs, long outputs) =>
        new(inputs, outputs, stages.Kernel, 1, stages.Padding, 0);
}
