namespace Orchestrator.Core.Training;

/// <summary>A figure became NaN or infinite: the training cannot go on. An outcome, caught by the trainer.</summary>
internal sealed class DivergenceException(int epoch, string term, double value)
    : Exception(FormattableString.Invariant(
        $"the training diverged in epoch {epoch}: {term} became {(double.IsNaN(value) ? "NaN" : "infinite")}"));
