namespace Orchestrator.Core.Batches;

/// <summary>Where in the training a batch stands.</summary>
/// <param name="index">Steps before it, over all epochs.</param>
/// <param name="perEpoch">Steps of one epoch.</param>
/// <param name="seen">Told of every number that depends on the place; null for nobody.</param>
internal readonly struct TrainingStep(long index, int perEpoch, ScheduledNumbers? seen = null)
{
    /// <summary>
    /// A number of the loss that depends on the place in the training. This is the only way to one, so that whoever repeats a
    /// step knows which numbers it was recorded with.
    /// </summary>
    /// <param name="schedule">The number at a step (from 0) of a training with so many steps per epoch.</param>
    public double Number(Func<long, int, double> schedule)
    {
        var number = schedule(index, perEpoch);
        seen?.Add(schedule, number);
        return number;
    }

    /// <summary>What a schedule gives here, told to nobody.</summary>
    public double Look(Func<long, int, double> schedule) => schedule(index, perEpoch);

    /// <summary>The step after it.</summary>
    public TrainingStep Next => new(index + 1, perEpoch, seen);

    /// <summary>The same step, with its numbers told to somebody.</summary>
    public TrainingStep Watched(ScheduledNumbers numbers) => new(index, perEpoch, numbers);
}
