using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>An architecture of encoder and decoder, shared by all families.</summary>
public abstract class Network
{
    /// <summary>The name, as a manifest writes it.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for people.</summary>
    public abstract string Description { get; }

    /// <summary>The parameters that stand in this architecture's file.</summary>
    public virtual ImmutableArray<ParameterDefinition> OwnParameters => [];

    /// <summary>The parameters that its encoder reads in a configuration.</summary>
    internal abstract IEnumerable<ParameterDefinition> Reads(ParameterSet parameters);

    /// <summary>The parameters that its decoder reads.</summary>
    internal abstract IEnumerable<ParameterDefinition> DecoderReads(ParameterSet parameters);

    /// <summary>What makes its encoder impossible for images of a shape.</summary>
    internal virtual IEnumerable<Problem> Check(ParameterSet parameters, ImageShape image) => [];

    /// <summary>What makes its decoder impossible for images of a shape.</summary>
    internal virtual IEnumerable<Problem> CheckDecoder(ParameterSet parameters, ImageShape image) => [];

    /// <summary>The layers from an image <c>[channels, height, width]</c> to a vector: all that comes before dense layers.</summary>
    internal abstract ImmutableArray<Layer> Features(ParameterSet parameters, ImageShape image);

    /// <summary>Widths of the dense layers with ReLU from that vector to the code.</summary>
    internal abstract ImmutableArray<int> Dense(ParameterSet parameters);

    /// <summary>The layers from a vector of <paramref name="inputs"/> to an image's likelihood parameters of shape <paramref name="output"/>.</summary>
    internal abstract ImmutableArray<Layer> Decoder(ParameterSet parameters, long inputs, ImageShape output);
}
