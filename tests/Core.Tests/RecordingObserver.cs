using System.Collections.Immutable;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Tests;

/// <summary>Keeps what a trial tells, and can act on it.</summary>
internal sealed class RecordingObserver : ITrialObserver
{
    public List<TrialProgress> Reports { get; } = [];

    public List<(int Epoch, ImmutableArray<MetricValue> Metrics)> Epochs { get; } = [];

    public List<(int Epoch, ImmutableArray<MetricValue> Metrics, string? Remark)> Resumptions { get; } = [];

    public List<string> Logs { get; } = [];

    public Action<TrialProgress> OnProgress { get; init; } = _ => { };

    public Func<int, TrialDecision> OnEpoch { get; init; } = _ => TrialDecision.Continue;

    public void Progress(TrialProgress progress)
    {
        Reports.Add(progress);
        OnProgress(progress);
    }

    public TrialDecision EpochCompleted(int epoch, ImmutableArray<MetricValue> metrics)
    {
        Epochs.Add((epoch, metrics));
        return OnEpoch(epoch);
    }

    public void Resumed(int epoch, ImmutableArray<MetricValue> metrics, string? remark) => Resumptions.Add((epoch, metrics, remark));

    public void Log(string message) => Logs.Add(message);
}
