using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>The catalogue's entry <c>dsprites</c>: a seeded choice, without repetition, from <see cref="DSprites"/>.</summary>
internal static class DSpritesEntry
{
    private const int UsualTrain = 60_000;
    private const int UsualTest = 10_000;

    public static DatasetEntry Entry { get; } = new()
    {
        Name = "dsprites",
        Description = "dSprites, 64x64 pixels with five known factors, rendered. A fixed random choice of the 737,280 "
            + "images; all of them with train: 500000 and test: 237280. No download.",
        Parameters =
        [
            DatasetParameters.Train,
            DatasetParameters.Test,
        ],
        KnownContent = arguments => Content(Counts(arguments)),
        Loader = (arguments, request, cancellation) =>
            Task.Run(() => Load(Counts(arguments), request, cancellation), cancellation),
    };

    private static KnownContent Content((int Train, int Test) counts) => new(
        DSprites.Grid.Shape, SpriteGrid.ClassNames.Count, counts.Train, Fingerprint(counts));

    private static (int Train, int Test) Counts(ParameterSet arguments)
    {
        var train = arguments.Get(DatasetParameters.Train) is > 0 and var given ? given : UsualTrain;
        var test = arguments.Get(DatasetParameters.Test) is > 0 and var asked ? asked : UsualTest;
        var problems = new ProblemList();
        var largest = Array.MaxLength / DSprites.Grid.Shape.Pixels;
        foreach (var (name, count) in new[] { (DatasetParameters.Train.Name, train), (DatasetParameters.Test.Name, test) })
        {
            if (count > largest)
                problems.Add(
                    $"data set {Entry.Name}",
                    FormattableString.Invariant($"'{name}' is {count}."),
                    FormattableString.Invariant($"Choose at most {largest}."));
        }
        if ((long)train + test > DSprites.Grid.Count)
            problems.Add(
                $"data set {Entry.Name}",
                FormattableString.Invariant($"{(long)train + test} images asked for; there are {DSprites.Grid.Count}."),
                "Choose fewer training or test images.");
        problems.ThrowIfAny();
        return (train, test);
    }

    private static string Fingerprint((int Train, int Test) counts) => DatasetFingerprint.OfGenerator(
        FormattableString.Invariant($"dsprites 1: {DSprites.PackedSha256}, train {counts.Train}, test {counts.Test}"));

    /// <summary>The test images come first in the permutation, so that more training images do not change them.</summary>
    private static Dataset Load((int Train, int Test) counts, DatasetRequest request, CancellationToken cancellation)
    {
        var order = Permutation.Create(DSprites.Grid.Count, SeedSequence.Derive(0, "dsprites subset"));
        ImageSet Render(int[] indices) =>
            SpriteSampler.Render(DSprites.Grid, indices, Entry.Name, request.Progress, cancellation);
        return new Dataset(
            Entry.Name,
            Entry.Description,
            Render(order[counts.Test..(counts.Test + counts.Train)]),
            Render(order[..counts.Test]),
            SpriteGrid.ClassNames.Count,
            SpriteGrid.ClassNames,
            Fingerprint(counts));
    }
}
