using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using static TorchSharp.torch;

namespace Orchestrator.Core.Extensions;

/// <summary>
/// An autoencoder of a user's own: an encoder and a decoder out of TorchSharp's modules. Likelihoods, the KL term, training,
/// evaluation and pictures are those of the built-in families.
/// </summary>
public sealed record CustomModel
{
    /// <summary>The name, as a manifest would write it in <c>family</c>: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Description { get; init; }

    /// <summary>True for a code without a posterior and a prior: the encoder then gives the code itself.</summary>
    public bool IsDeterministic { get; init; }

    /// <summary>
    /// The parameters that it reads beside <c>latent</c>, those of the likelihood and those of the KL's weight. Only what is
    /// named here can be varied, and enters a trial's identity.
    /// </summary>
    public ImmutableArray<ParameterDefinition> Reads { get; init; } = [];

    /// <summary>
    /// The modules of a configuration, with weights drawn from torch's generator, which is seeded by the trial's seed. It is
    /// called when a sweep is planned, and once in each attempt; it must not draw random numbers from elsewhere.
    /// </summary>
    public required Func<ParameterSet, ImageShape, CustomModules> Build { get; init; }

    /// <summary>
    /// What is added to the reconstruction in the training loss, <c>[batch]</c> or a scalar, in nats per image; null for
    /// β·KL with its warm-up and free bits, or for nothing where the code is deterministic.
    /// </summary>
    public Func<ParameterSet, LossInput, Tensor>? Regulariser { get; init; }
}
