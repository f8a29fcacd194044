namespace Orchestrator.Core.Batches;

/// <summary>How images go through a model that is evaluated.</summary>
internal static class EvaluationBatches
{
    /// <summary>
    /// Images at a time: enough to keep a device busy, and few enough for an evaluation to need about the memory of a training
    /// step. Noise is drawn batch by batch, so another number gives figures another noise.
    /// </summary>
    public const int Size = 200;
}
