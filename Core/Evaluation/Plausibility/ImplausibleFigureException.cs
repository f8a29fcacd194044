namespace Orchestrator.Core.Evaluation.Plausibility;

/// <summary>A figure that no model can have on its data: the measurement is wrong, so none of its figures is to be believed.</summary>
internal sealed class ImplausibleFigureException(int epoch, string metric, double value, string bound)
    : Exception(FormattableString.Invariant($"{metric} = {value:G8} in epoch {epoch} is impossible: {bound}"));
