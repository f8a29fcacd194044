using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Experiments.Domain;
using Orchestrator.Experiments.Store;

namespace EndToEnd.Tests.Launch;

/// <summary>A sweep of the predictable trainer in a folder of its own, run by real processes.</summary>
internal sealed class FakeSweep : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orchestrator-launch-");
    private readonly List<RunningCommand> _commands = [];

    public FakeSweep(string[]? faults = null, int seeds = 4, int epochs = 6, int batches = 10, int milliseconds = 5)
    {
        var description = new { name = "sweep", faults = faults ?? ["none"], seeds, epochs = new[] { epochs }, batches, milliseconds };
        File.WriteAllText(Manifest, JsonSerializer.Serialize(description));
    }

    public string Results => Path.Combine(_folder.FullName, "results");

    private string Manifest => Path.Combine(_folder.FullName, "sweep.json");

    /// <summary>Starts <c>run</c>; a short least lease makes hung workers show within a second.</summary>
    public RunningCommand Start(params string[] options) => Start(null, options);

    public RunningCommand Start(int? leaseMilliseconds, params string[] options)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "FakeTrainer"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["run", "--results", Results, .. options, Manifest])
            start.ArgumentList.Add(argument);
        if (leaseMilliseconds is { } least)
            start.Environment["FAKE_LEAST_LEASE"] = least.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var command = new RunningCommand(start);
        _commands.Add(command);
        return command;
    }

    /// <summary>Runs to the end and answers the exit code.</summary>
    public int Run(params string[] options) => Start(options).ExitCode();

    public IReadOnlyList<RunningAttempt> Running() => Read(store => store.Running("sweep"), []);

    public StateCounts Counts() => Read<StateCounts?>(store => store.Counts("sweep"), null)
        ?? throw new InvalidOperationException("there is no store yet");

    /// <summary>Epochs of all trials that were trained so far.</summary>
    public int EpochsDone() => Read(store => store.Status("sweep")?.Value.EpochsDone ?? 0, 0);

    public SweepResults Outcome() => Read<SweepResults?>(store => store.Results("sweep")?.Value, null)
        ?? throw new InvalidOperationException("there is no store yet");

    /// <summary>What the books do not balance.</summary>
    public IReadOnlyList<string> Faults() => BooksCheck.audit(Results, Outcome()).Faults.ToArray();

    /// <summary>The weights' bytes of every trial.</summary>
    public SortedDictionary<string, string> Weights() => new(
        new DirectoryInfo(Path.Combine(Results, "sweep", "trials")).EnumerateDirectories().ToDictionary(
            trial => trial.Name,
            trial => Convert.ToHexString(File.ReadAllBytes(Path.Combine(trial.FullName, "weights.bin")))),
        StringComparer.Ordinal);

    /// <summary>Every figure that counts, as text.</summary>
    public IReadOnlyList<string> Figures() =>
        [.. Outcome().Metrics.Select(metric => FormattableString.Invariant($"{metric.TrialId} {metric.Name} {metric.Epoch} {metric.Value:R}"))];

    /// <summary>Waits until attempts are under way past their first epoch, and answers them.</summary>
    public IReadOnlyList<RunningAttempt> UntilTraining(int workers)
    {
        IReadOnlyList<RunningAttempt> found = [];
        Until(() => (found = [.. Running().Where(attempt => attempt.Epoch >= 2)]).Count >= workers, "attempts past their first epoch");
        return found;
    }

    /// <summary>Waits for a condition, which must come.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > Patience)
                throw new TimeoutException($"waited in vain for {what}");
            Thread.Sleep(5);
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands)
            command.Dispose();
        Until(() => Running().All(attempt => !Signals.IsAlive(attempt.ProcessId)), "the workers' end");
        _folder.Delete(true);
    }

    private T Read<T>(Func<ITrialStore, T> read, T nothing)
    {
        var opened = TrialStore.openToRead(Results);
        if (opened.IsError)
            return nothing;
        using var store = opened.ResultValue;
        return read(store);
    }
}
