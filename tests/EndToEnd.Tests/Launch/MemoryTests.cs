using System.Globalization;

namespace EndToEnd.Tests.Launch;

/// <summary>Trials that need more memory than there is beside others.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void Trials_that_do_not_fit_beside_each_other_take_turns_and_status_says_why()
    {
        // No two of these fit into any machine, and each is larger than the machine itself.
        using var sweep = new FakeSweep(seeds: 2, epochs: 6, milliseconds: 40);
        sweep.Environment["FAKE_MEMORY"] = (1L << 50).ToString(CultureInfo.InvariantCulture);
        var run = sweep.Start("--workers", "2");
        ProcessSweep.Until(() => sweep.Running().Count > 0, "a trial under way");
        ProcessSweep.Until(() => Status(sweep).Contains(" waits: the next trial needs", StringComparison.Ordinal) || run.HasExited, "a waiting worker");
        Assert.True(sweep.Running().Count <= 1);

        run.EndsWith(0);
        Assert.Contains("waits: the next trial needs 1073741824 MiB of memory", run.Text, StringComparison.Ordinal);
        Assert.Equal(2, sweep.Counts().Completed);
        AssertInTurns(sweep);
    }

    [Fact]
    public void Status_compares_the_estimate_with_what_it_took()
    {
        using var sweep = new FakeSweep(seeds: 2, epochs: 3);
        sweep.Environment["FAKE_MEMORY"] = "1048576";
        sweep.Start("--workers", "2").EndsWith(0);
        var status = Status(sweep);

        Assert.Contains("estimated for 2 trials by 2 workers: 1 s, 2 MiB of memory, 2 KiB on the disk (as the test says)", status, StringComparison.Ordinal);
        Assert.Matches("took [0-9]+ s .*, held [0-9]+ MiB of memory \\([0-9.]+ times that\\), wrote [0-9]+ KiB", status);
    }

    private static void AssertInTurns(FakeSweep sweep)
    {
        var attempts = sweep.Outcome().Attempts.OrderBy(attempt => attempt.StartedAt).ToList();
        Assert.All(attempts.Zip(attempts.Skip(1)), pair => Assert.True(pair.First.EndedAt?.Value <= pair.Second.StartedAt));
    }

    private static string Status(FakeSweep sweep)
    {
        var status = sweep.Command("status", "--results", sweep.Results, "--sweep", "sweep");
        status.EndsWith(0);
        return status.Text;
    }
}
