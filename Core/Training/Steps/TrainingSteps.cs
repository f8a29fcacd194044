using Orchestrator.Core.Batches;

namespace Orchestrator.Core.Training.Steps;

/// <summary>Takes training steps one by one, each operator as the host gives it to the device.</summary>
internal class TrainingSteps(IReadOnlyList<Optimization> optimizations, int batchSize) : IDisposable
{
    /// <summary>Images of a whole batch.</summary>
    protected int BatchSize => batchSize;

    /// <summary>What is minimized in a step, in order.</summary>
    protected IReadOnlyList<Optimization> Optimizations => optimizations;

    /// <summary>What a reader of the trial should know of how its steps ran, or null.</summary>
    public virtual string? Reservation => null;

    /// <summary>Takes the step of a batch; the tensors that it makes belong to the caller's scope.</summary>
    /// <param name="order">The images of the epoch, in order.</param>
    /// <param name="index">The batch's place in the epoch, from 0.</param>
    /// <param name="step">Its place in the training.</param>
    public virtual void Take(ImageSelection order, int index, TrainingStep step)
    {
        var batch = order.Batch(index, batchSize);
        foreach (var optimization in optimizations)
            optimization.Step(batch, step);
    }

    public void Dispose() => Dispose(true);

    /// <summary>Gives back what steps were kept with.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
