namespace Orchestrator.Core.Objectives;

/// <summary>
/// The weight of the KL over training: from 0 to β in a straight line over some epochs, step by step (Bowman et al. 2016;
/// Sønderby et al. 2016). It depends on the step alone, so a training taken up again goes on where it was.
/// </summary>
/// <param name="Beta">The weight after the warm-up.</param>
/// <param name="Epochs">Length of the warm-up; 0 for none.</param>
internal sealed record KlWarmup(double Beta, double Epochs)
{
    /// <summary>The weight at a step (from 0) of a training with so many steps per epoch.</summary>
    public double At(long step, int stepsPerEpoch)
    {
        var length = Epochs * stepsPerEpoch;
        return step >= length ? Beta : Beta * step / length;
    }
}
