using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Files;

namespace Orchestrator.Core.Training.Checkpoints;

/// <summary>The checkpoints of one trial: the last two are kept, and the newest sound one is the one to go on from.</summary>
internal sealed class CheckpointFolder(string trialFolder, string trial)
{
    private const int Kept = 2;
    private const string Extension = ".safetensors";

    private readonly string _folder = Path.Combine(trialFolder, "checkpoints");

    /// <summary>Writes a checkpoint and removes those that it makes superfluous.</summary>
    /// <exception cref="ProblemException">It cannot be written; earlier ones are untouched.</exception>
    public void Write(Checkpoint checkpoint)
    {
        AtomicFile.Write(Path.Combine(_folder, checkpoint.FileName), checkpoint.Write);
        foreach (var old in NewestFirst().Where(path => IsAtOrBefore(path, checkpoint)).Skip(Kept))
            File.Delete(old);
    }

    /// <summary>The newest sound checkpoint, or null. Unsound ones are set aside, and each is a remark.</summary>
    public (Checkpoint? Checkpoint, ImmutableArray<string> Remarks) ReadNewest()
    {
        var remarks = ImmutableArray.CreateBuilder<string>();
        foreach (var path in NewestFirst())
        {
            try
            {
                using var stream = File.OpenRead(path);
                return (Checkpoint.Read(stream, trial), remarks.ToImmutable());
            }
            catch (InvalidDataException e)
            {
                File.Move(path, path + ".corrupt", overwrite: true);
                remarks.Add($"the checkpoint {Path.GetFileName(path)} cannot be used ({e.Message}); it was set aside as {Path.GetFileName(path)}.corrupt");
            }
        }
        if (remarks.Count > 0)
            remarks.Add("no sound checkpoint was left: the training started anew");
        return (null, remarks.ToImmutable());
    }

    private IEnumerable<string> NewestFirst() => Directory.Exists(_folder)
        ? Directory.GetFiles(_folder, "*" + Extension)
            .Where(path => path.EndsWith(Extension, StringComparison.Ordinal))
            .OrderByDescending(Path.GetFileName, StringComparer.Ordinal)
        : [];

    // After a fall back to an older checkpoint nothing newer exists: newer ones were set aside.
    private static bool IsAtOrBefore(string path, Checkpoint checkpoint) =>
        string.CompareOrdinal(Path.GetFileName(path), checkpoint.FileName) <= 0;
}
