namespace EndToEnd.Tests.Launch;

/// <summary>The program itself, killed in the middle of real trainings: not one bit of weights or figures may change.</summary>
public sealed class RealInterruptionTests
{
    [Fact]
    public void Killed_workers_and_coordinators_change_no_bit_of_real_weights_and_figures()
    {
        using var calm = new RealSweep();
        calm.Start("--workers", "2").EndsWith(0);
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
        using (var held = sweep.Hold(1))
            Signals.Kill(held.ProcessId);
        run.EndsWith(0);
        var resumed = sweep.Outcome().Attempts.First(attempt => attempt.Interruptions > 0).TrialId;

        var verified = sweep.Command("verify", "--results", sweep.Results, resumed);
        verified.EndsWith(0);
        Assert.Contains("bit for bit", verified.Text, StringComparison.Ordinal);

        Falsify(sweep, resumed);
        var falsified = sweep.Command("verify", "--results", sweep.Results, resumed);
        falsified.EndsWith(3);
        Assert.Contains("1 differences", falsified.Text, StringComparison.Ordinal);
        Assert.Contains("val/elbo of epoch 2", falsified.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_set_aside_for_the_one_before_and_changes_no_bit()
    {
        using var calm = new RealSweep();
        calm.Start("--workers", "1").EndsWith(0);
        using var sweep = new RealSweep();
        var run = sweep.Start("--workers", "1");
        using (var held = sweep.Hold(1))
        {
            run.Kill();
            Signals.Kill(held.ProcessId);
        }
        var damaged = Damage(sweep);

        sweep.Start("--workers", "1").EndsWith(0);
        Assert.True(damaged > 0, "there was no checkpoint to damage");
        Assert.Equal(calm.Digests(), sweep.Digests());
        Assert.Equal(calm.Figures(), sweep.Figures());
        Assert.Empty(sweep.Faults());
    }

    // One bit of the middle of the newest checkpoint of every trial.
    private static int Damage(RealSweep sweep)
    {
        var newest = new DirectoryInfo(Path.Combine(sweep.Results, "sweep", "trials")).EnumerateDirectories("checkpoints", SearchOption.AllDirectories)
            .Select(folder => folder.EnumerateFiles().MaxBy(file => file.LastWriteTimeUtc))
            .OfType<FileInfo>()
            .ToList();
        foreach (var file in newest)
        {
            var bytes = File.ReadAllBytes(file.FullName);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file.FullName, bytes);
        }
        return newest.Count;
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
                run.EndsWith(0);
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
