namespace EndToEnd.Tests.Launch;

/// <summary>A sweep of real trainings over images that the program renders itself.</summary>
internal sealed class RealSweep() : ProcessSweep("orchestrator", "sweep.yaml", Manifest)
{
    // Two families that draw noise while they train, one for its code and one for its input; a checkpoint at each reading.
    private const string Manifest = """
        version: 1
        sweep: sweep
        dataset: {name: shapes, validation: 256}
        model: {encoder: dense, depth: 1, width: 32, latent: 2}
        training: {batch_size: 32}
        parameters:
          family: [vae, dae]
        seeds: 2
        epochs: [1, 2, 3, 4]
        """;

    /// <summary>The weights' bytes of every trial.</summary>
    public SortedDictionary<string, string> Weights() => FilesOfTrials("weights.safetensors");

    /// <summary>The digest of the final weights of every trial, as its effective attempt recorded it.</summary>
    public IReadOnlyList<string> Digests()
    {
        var outcome = Outcome();
        return [.. outcome.Trials.Select(trial =>
            outcome.Attempts.Single(attempt => attempt.TrialId == trial.Id && attempt.Number == trial.EffectiveAttempt?.Value)
                .WeightsDigest?.Value ?? "none")];
    }
}
