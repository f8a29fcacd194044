namespace EndToEnd.Tests.Launch;

/// <summary>The program itself, killed in the middle of real trainings: not one bit of weights or figures may change.</summary>
public sealed class RealInterruptionTests
{
    [Fact]
    public void Killed_workers_and_coordinators_change_no_bit_of_real_weights_and_figures()
    {
        using var calm = new RealSweep();
        Assert.Equal(0, calm.Run("--workers", "2"));
        using var sweep = new RealSweep();
        var kills = KillAgainAndAgain(sweep);

        Assert.True(kills >= 4, $"only {kills} kills found their moment");
        Assert.Equal(calm.Digests(), sweep.Digests());
        Assert.Equal(calm.Weights(), sweep.Weights());
        Assert.Equal(calm.Figures(), sweep.Figures());
        Assert.Empty(sweep.Faults());
        Assert.Contains(sweep.Outcome().Attempts, attempt => attempt.Interruptions > 0);
    }

    [Fact]
    public void Verify_finds_a_resumed_trial_the_same_and_a_falsified_figure_different()
    {
        using var sweep = new RealSweep();
        var run = sweep.Start("--workers", "1");
        Signals.Kill(sweep.UntilTraining(1)[0].ProcessId);
        Assert.Equal(0, run.ExitCode());
        var resumed = sweep.Outcome().Attempts.First(attempt => attempt.Interruptions > 0).TrialId;

        var verified = sweep.Command("verify", "--results", sweep.Results, resumed);
        Assert.Equal(0, verified.ExitCode());
        Assert.Contains("bit for bit", verified.Text, StringComparison.Ordinal);

        Falsify(sweep, resumed);
        var falsified = sweep.Command("verify", "--results", sweep.Results, resumed);
        Assert.Equal(3, falsified.ExitCode());
        Assert.Contains("1 differences", falsified.Text, StringComparison.Ordinal);
        Assert.Contains("val/elbo of epoch 2", falsified.Text, StringComparison.Ordinal);
    }

    // Each round waits for another epoch and then kills a worker, the coordinator, or both, a random moment later.
    private static int KillAgainAndAgain(RealSweep sweep)
    {
        var chance = new Random(6);
        var kills = 0;
        var epochs = 0;
        var run = sweep.Start("--workers", "2");
        for (var round = 0; ; round++)
        {
            ProcessSweep.Until(() => sweep.EpochsDone() > epochs || run.HasExited, "an epoch more, or the end");
            if (run.HasExited)
            {
                Assert.Equal(0, run.ExitCode());
                return kills;
            }
            epochs = sweep.EpochsDone();
            Thread.Sleep(chance.Next(100));
            if (round % 3 != 1 && sweep.Running() is [var worker, ..] && Signals.Kill(worker.ProcessId))
                kills++;
            if (round % 3 != 0 && !run.HasExited)
            {
                run.Kill();
                kills++;
                run = sweep.Start("--workers", "2");
            }
        }
    }

    private static void Falsify(RealSweep sweep, string trial)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(sweep.Results, "orchestrator.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            UPDATE metrics SET value = value * 1.0000000001 WHERE name = 'val/elbo' AND epoch = 2
                AND token = (SELECT effective_token FROM trials WHERE id = @trial)
            """;
        command.Parameters.AddWithValue("@trial", trial);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
