namespace Orchestrator.Core.Batches;

/// <summary>The numbers of a step's loss that depend on its place in the training, with the values they had.</summary>
internal sealed class ScheduledNumbers
{
    private readonly List<(Func<long, int, double> Schedule, double Number)> _numbers = [];

    /// <summary>Notes a number.</summary>
    public void Add(Func<long, int, double> schedule, double number) => _numbers.Add((schedule, number));

    /// <summary>True when every number has the same value at a step.</summary>
    public bool HoldAt(TrainingStep step) => _numbers.TrueForAll(entry => step.Look(entry.Schedule).Equals(entry.Number));
}
