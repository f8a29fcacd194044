using System.Diagnostics;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Training;

/// <summary>Tells the observer how far a trial is, no more often than asked, and at each change of stage.</summary>
internal sealed class ProgressReporter(ITrialObserver observer, TimeSpan every)
{
    private long _last;
    private string? _stage;

    /// <summary>Reports when it is time.</summary>
    public void Report(string stage, int epoch, int batch, int batches, double? loss)
    {
        if (stage == _stage && Stopwatch.GetElapsedTime(_last) < every)
            return;
        (_stage, _last) = (stage, Stopwatch.GetTimestamp());
        observer.Progress(new TrialProgress(epoch, batch, batches, loss, stage));
    }
}
