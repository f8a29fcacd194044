using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Training;
using Orchestrator.Experiments.Tests.Report;

namespace EndToEnd.Tests.Report;

/// <summary>What the core's own training leaves for the page, for one configuration after another.</summary>
internal static class TrainedDecoder
{
    /// <summary>Trains a small model on a few hundred rendered shapes; gives its files by kind and name, but for the weights.</summary>
    public static IEnumerable<Tuple<string, string, byte[]>> Train(string folder, params (string Name, object Value)[] parameters)
    {
        var configuration = parameters.Aggregate(
            ParameterSet.Empty.With(DatasetSelection.Dataset, "shapes").With(DatasetSelection.Validation, 9700),
            (set, entry) => set.With(entry.Name, ValueOf(entry.Value)));
        var specification = new TrialSpecification { Id = new string('a', 64), Parameters = configuration, Seed = 7, Epochs = [1] };
        var outcome = Trainer.Train(specification, new TrialEnvironment { Folder = folder }, new Silent(), default);
        Assert.Null(outcome.Error);
        return [.. outcome.Artifacts
            .Where(artifact => artifact.Kind != "weights")
            .Select(artifact => Tuple.Create(artifact.Kind, artifact.Path, File.ReadAllBytes(Path.Combine(folder, artifact.Path))))];
    }

    /// <summary>The report of a sweep whose trials all left these files.</summary>
    public static Func<string, string> Report(IEnumerable<Tuple<string, string, byte[]>> files) => folder => SomeLatents.writeFiles(files, folder);

    private static ParameterValue ValueOf(object value) => value switch
    {
        int number => new ParameterValue.Integer(number),
        string text => new ParameterValue.Text(text),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "no such parameter here"),
    };

    private sealed class Silent : ITrialObserver
    {
        public void Progress(TrialProgress progress)
        {
        }

        public TrialDecision EpochCompleted(int epoch, ImmutableArray<MetricValue> metrics) => TrialDecision.Continue;

        public void Resumed(int epoch, ImmutableArray<MetricValue> metrics, string? remark)
        {
        }

        public void Log(string message)
        {
        }
    }
}
