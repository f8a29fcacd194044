using Orchestrator.Core.Contracts;
using Orchestrator.Core.Files;
using Orchestrator.Core.Training;
using Orchestrator.Core.Training.Checkpoints;

namespace Orchestrator.Core.Tests.Training;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_two_are_kept()
    {
        Write("trial", 1, 2, 3);

        Assert.Equal(["000002-000000.safetensors", "000003-000000.safetensors"], Files());
    }

    [Fact]
    public void The_newest_is_read_with_its_state()
    {
        var state = TrainingState.Start with
        {
            Epoch = 3,
            Batch = 7,
            Interruptions = 2,
            Finished = true,
            Metrics = [new MetricValue(3, "val/elbo", -0.1)],
            Remarks = ["fact"],
        };
        var folder = new CheckpointFolder(_folder.Path, "trial");
        folder.Write(new Checkpoint("trial", TrainingState.Start with { Epoch = 2 }, Tensors(1)));
        folder.Write(new Checkpoint("trial", state, Tensors(2)));

        var (read, remarks) = folder.ReadNewest();

        Assert.Empty(remarks);
        Assert.Equal((3, 7, 2, true), (read!.State.Epoch, read.State.Batch, read.State.Interruptions, read.State.Finished));
        Assert.Equal(state.Metrics.AsEnumerable(), read.State.Metrics);
        Assert.Equal(["fact"], read.State.Remarks);
        Assert.Equal([2], read.Tensors["x"].Bytes.ToArray());
    }

    [Fact]
    public void A_damaged_newest_one_is_set_aside_and_the_one_before_is_used()
    {
        Write("trial", 1, 2);
        Truncate("000002-000000.safetensors");

        var (read, remarks) = new CheckpointFolder(_folder.Path, "trial").ReadNewest();

        Assert.Equal(1, read!.State.Epoch);
        Assert.Contains("000002-000000.safetensors", Assert.Single(remarks), StringComparison.Ordinal);
        Assert.Equal(["000001-000000.safetensors", "000002-000000.safetensors.corrupt"], Files());
    }

    [Fact]
    public void With_none_sound_the_training_starts_anew_and_says_so()
    {
        Write("trial", 1, 2);
        Truncate("000001-000000.safetensors");
        Truncate("000002-000000.safetensors");

        var (read, remarks) = new CheckpointFolder(_folder.Path, "trial").ReadNewest();

        Assert.Null(read);
        Assert.Contains("anew", remarks[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_trials_checkpoint_is_not_used()
    {
        Write("another", 4);

        var (read, remarks) = new CheckpointFolder(_folder.Path, "trial").ReadNewest();

        Assert.Null(read);
        Assert.Contains("its trial is 'another', not 'trial'", remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_was_cut_off_leaves_nothing_that_is_read()
    {
        Write("trial", 1);
        File.WriteAllText(_folder.File("checkpoints", "000002-000000.safetensors.partial"), "half");

        var (read, remarks) = new CheckpointFolder(_folder.Path, "trial").ReadNewest();

        Assert.Equal(1, read!.State.Epoch);
        Assert.Empty(remarks);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_the_users_problem_and_loses_nothing()
    {
        File.WriteAllText(_folder.File("file"), "");
        var inside = new CheckpointFolder(_folder.File("file"), "trial");

        var error = Assert.Throws<ProblemException>(() => inside.Write(new Checkpoint("trial", TrainingState.Start, Tensors(1))));

        Assert.Contains("cannot be written", error.Problems[0].Cause, StringComparison.Ordinal);
    }

    private static Dictionary<string, StoredTensor> Tensors(byte value) => new() { ["x"] = new("U8", [1], [value]) };

    private void Write(string trial, params int[] epochs)
    {
        var folder = new CheckpointFolder(_folder.Path, trial);
        foreach (var epoch in epochs)
            folder.Write(new Checkpoint(trial, TrainingState.Start with { Epoch = epoch }, Tensors((byte)epoch)));
    }

    private void Truncate(string name)
    {
        using var file = File.OpenWrite(_folder.File("checkpoints", name));
        file.SetLength(file.Length - 1);
    }

    private IEnumerable<string?> Files() =>
        Directory.GetFiles(_folder.File("checkpoints")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
