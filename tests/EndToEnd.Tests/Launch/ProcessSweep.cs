using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.FSharp.Core;
using Orchestrator.Experiments.Domain;
using Orchestrator.Experiments.Store;

namespace EndToEnd.Tests.Launch;

/// <summary>The sweep <c>sweep</c> in a folder of its own, run by real processes of a program.</summary>
internal abstract class ProcessSweep : IDisposable
{
    // A soak runs beside other work, which may take the machine for a while.
    private static readonly TimeSpan Patience =
        TimeSpan.FromMinutes(System.Environment.GetEnvironmentVariable("SOAK") is null ? 2 : 30);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orchestrator-launch-");
    private readonly List<RunningCommand> _commands = [];
    private readonly string _program;
    private readonly string _manifest;

    protected ProcessSweep(string program, string manifest, string text)
    {
        _program = Path.Combine(AppContext.BaseDirectory, program);
        _manifest = Path.Combine(_folder.FullName, manifest);
        File.WriteAllText(_manifest, text);
    }

    public string Results => Path.Combine(_folder.FullName, "results");

    /// <summary>The PostgreSQL database that holds the books; null for SQLite in the results folder.</summary>
    public string? Store
    {
        get;
        init
        {
            field = value;
            if (value is not null)
                Environment[TrialStore.variable] = value;
        }
    }

    /// <summary>What the commands find in their environment beside the test's own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Starts <c>run</c>.</summary>
    public RunningCommand Start(params string[] options) => Command(["run", "--results", Results, .. options, _manifest]);

    /// <summary>Starts a command of the program.</summary>
    public RunningCommand Command(params string[] arguments)
    {
        var start = new ProcessStartInfo(_program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        var command = new RunningCommand(start);
        _commands.Add(command);
        return command;
    }

    public IReadOnlyList<RunningAttempt> Running() => Read(store => store.Running("sweep"), []);

    public StateCounts Counts() => Read<StateCounts?>(store => store.Counts("sweep"), null)
        ?? throw new InvalidOperationException("there is no store yet");

    /// <summary>Epochs of all trials that were trained so far.</summary>
    public int EpochsDone() => Read(store => store.Status("sweep")?.Value.EpochsDone ?? 0, 0);

    public SweepResults Outcome() => Read<SweepResults?>(store => store.Results("sweep")?.Value, null)
        ?? throw new InvalidOperationException("there is no store yet");

    /// <summary>What the pruner decided, as text, in the order of trials and epochs.</summary>
    public IReadOnlyList<string> Decisions() =>
        [.. Read(store => store.Decisions("sweep").ToArray(), [])
            .OrderBy(decision => decision.TrialId, StringComparer.Ordinal).ThenBy(decision => decision.Epoch)
            .Select(decision => FormattableString.Invariant(
                $"{decision.TrialId} {decision.Epoch} {decision.Verdict} {decision.Value:R} {decision.Bound?.Value:R} {decision.Compared}"))];

    /// <summary>What the books do not balance.</summary>
    public IReadOnlyList<string> Faults() => BooksCheck.audit(Results, Outcome()).Faults.ToArray();

    /// <summary>The bytes of a file in every trial's folder.</summary>
    public SortedDictionary<string, string> FilesOfTrials(string file) => new(
        new DirectoryInfo(Path.Combine(Results, "sweep", "trials")).EnumerateDirectories().ToDictionary(
            trial => trial.Name,
            trial => Convert.ToHexString(File.ReadAllBytes(Path.Combine(trial.FullName, file)))),
        StringComparer.Ordinal);

    /// <summary>Every figure that counts, as text.</summary>
    public IReadOnlyList<string> Figures() =>
        [.. Outcome().Metrics.Select(metric => FormattableString.Invariant($"{metric.TrialId} {metric.Name} {metric.Epoch} {metric.Value:R}"))];

    /// <summary>Waits until so many workers are past their first epoch and before their last, and holds them there.</summary>
    public HeldWorkers Hold(int workers)
    {
        var held = new List<RunningAttempt>();
        Until(
            () =>
            {
                held.AddRange(Training().ExceptBy(held.Select(attempt => attempt.Token), attempt => attempt.Token).Where(IsCaught));
                return held.Count >= workers;
            },
            "workers past their first epoch");
        return new HeldWorkers(held);
    }

    /// <summary>Freezes a process at a moment at which it does not write to the database.</summary>
    public bool FreezeOutsideWrites(int process)
    {
        var frozen = false;
        WhileLocked(() => frozen = Signals.Freeze(process));
        return frozen;
    }

    /// <summary>Does something while nobody else can write to the database.</summary>
    public void WhileLocked(Action work)
    {
        using var database = OpenForWork();
        database.Write(FuncConvert.FromAction((DbConnection _) => work()));
    }

    private IEnumerable<RunningAttempt> Training() => Running().Where(attempt => attempt.Epoch >= 2 && attempt.Epoch < attempt.Budget);

    // It may have gone on to another trial, or ended, before it stood still.
    private bool IsCaught(RunningAttempt attempt)
    {
        if (!FreezeOutsideWrites(attempt.ProcessId))
            return false;
        if (Training().Any(training => training.Token == attempt.Token))
            return true;
        Signals.Thaw(attempt.ProcessId);
        return false;
    }

    /// <summary>Freezes a worker in the middle of a write to the SQLite database.</summary>
    public void FreezeWithinWrite(RunningAttempt attempt)
    {
        MakeWritesSlow(attempt);
        Until(
            () =>
            {
                Assert.True(Signals.Freeze(attempt.ProcessId));
                if (IsLocked())
                    return true;
                Assert.True(Signals.Thaw(attempt.ProcessId));
                return false;
            },
            "a write to freeze in");
    }

    // Each figure of this one attempt then takes a good part of a second, with the database locked.
    private void MakeWritesSlow(RunningAttempt attempt)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TRIGGER slow BEFORE INSERT ON metrics WHEN NEW.token = {attempt.Token} BEGIN
                SELECT COUNT(*) FROM (
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 1000000) SELECT n FROM numbers);
            END
            """;
        command.ExecuteNonQuery();
    }

    // For longer than the writes of processes that are not frozen take.
    private bool IsLocked()
    {
        using var connection = Connect(seconds: 1);
        try
        {
            connection.BeginTransaction().Dispose();
            return false;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return true;
        }
    }

    private SqliteConnection Connect(int seconds = 60)
    {
        SystemSqlite.ensure();
        var connection = new SqliteConnection($"Data Source={SqliteDatabase.pathIn(Results)};Pooling=False;Default Timeout={seconds}");
        connection.Open();
        return connection;
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
        var opened = Store is null
            ? SqliteDatabase.openToRead(TimeProvider.System, Results)
            : PostgresDatabase.openToRead(TimeProvider.System, Store);
        if (opened.IsError)
            return nothing;
        using ITrialStore store = new SqlTrialStore(opened.ResultValue);
        return read(store);
    }

    private Database OpenForWork() => (Store is null
        ? SqliteDatabase.openForWork(TimeProvider.System, Results)
        : PostgresDatabase.openForWork(TimeProvider.System, Store)).ResultValue;
}
