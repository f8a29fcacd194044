using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>
/// γ |KL − C| with a capacity C that grows in a straight line, step by step, from 0 to its end (Burgess et al. 2018,
/// equation 8). The KL is the batch's mean, as in the paper: single images may hold more than C or less.
/// </summary>
/// <param name="Gamma">γ.</param>
/// <param name="Capacity">The last C, in nats per image.</param>
/// <param name="Epochs">Epochs over which C grows; 0 for the last C from the start.</param>
internal sealed record CapacityTerm(double Gamma, double Capacity, double Epochs)
{
    /// <summary>C at a step (from 0) of a training with so many steps per epoch.</summary>
    public double At(long step, int stepsPerEpoch)
    {
        var length = Epochs * stepsPerEpoch;
        return step >= length ? Capacity : Capacity * step / length;
    }

    /// <summary>The term of a batch, a scalar.</summary>
    /// <param name="divergence">KL of each image, <c>[batch]</c>, in nats.</param>
    /// <param name="capacity">C.</param>
    public Tensor Of(Tensor divergence, double capacity) => (divergence.mean() - capacity).abs() * Gamma;
}
