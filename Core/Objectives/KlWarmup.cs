namespace Orchestrator.Core.Objectives;

/// <summary>
/// The weight of the KL over training: from 0 to β in a straight line over some epochs, step by step (Bowman et al. 2016;
/// Sønderby et al. 2016), once or again and again (Fu et al. 2019). It depends on the step alone, so a training taken up
/// again goes on where it was.
/// </summary>
/// <param name="Beta">The weight after the warm-up.</param>
/// <param name="Epochs">Length of the warm-up; 0 for none.</param>
/// <param name="Cycle">Epochs after which it starts again; 0 for never.</param>
internal sealed record KlWarmup(double Beta, double Epochs, double Cycle = 0)
{
    /// <summary>The weight at a step (from 0) of a training with so many steps per epoch.</summary>
    public double At(long step, int stepsPerEpoch)
    {
        var length = Epochs * stepsPerEpoch;
        var place = Cycle > 0 ? step % (Cycle * stepsPerEpoch) : step;
        return place >= length ? Beta : Beta * place / length;
    }
}
