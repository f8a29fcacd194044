using Orchestrator.Core.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>Dense layers one after another, each with its activation.</summary>
internal static class DenseChain
{
    /// <summary>The layers from so many inputs through some widths; none for no widths.</summary>
    public static IEnumerable<Layer> Of(long inputs, IEnumerable<int> widths, HiddenUnits units)
    {
        foreach (var width in widths)
        {
            yield return new LinearLayer(inputs, width);
            yield return units.Active;
            foreach (var layer in units.Dropped)
                yield return layer;
            inputs = width;
        }
    }
}
