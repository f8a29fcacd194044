using System.Globalization;
using System.Text.Json;

namespace EndToEnd.Tests.Launch;

/// <summary>A sweep of the predictable trainer.</summary>
internal sealed class FakeSweep : ProcessSweep
{
    private static readonly Lazy<(SortedDictionary<string, string> Weights, IReadOnlyList<string> Figures)> Undisturbed = new(() =>
    {
        using var sweep = new FakeSweep();
        sweep.Start("--workers", "2").EndsWith(0);
        return (sweep.Weights(), sweep.Figures());
    });

    public FakeSweep(string[]? faults = null, int seeds = 4, int epochs = 6, int batches = 10, int milliseconds = 5, int lost = 3)
        : base("FakeTrainer", "sweep.json", Describe(faults ?? ["none"], seeds, epochs, batches, milliseconds, lost))
    {
    }

    private FakeSweep(string description)
        : base("FakeTrainer", "sweep.json", description)
    {
        Environment["FAKE_LEAST_LEASE"] = "60000";
    }

    /// <summary>A search over two parameters; without a startup its trials are drawn at random.</summary>
    public static FakeSweep OfSearch(int trials, int startup, string pruner = "off", int epochs = 6) => new(JsonSerializer.Serialize(new
    {
        name = "sweep",
        faults = new[] { "none" },
        seeds = 1,
        epochs = new[] { epochs },
        batches = 4,
        milliseconds = 2,
        lost = 3,
        trials,
        startup,
        pruner,
    }));

    /// <summary>Starts <c>run</c>; a short least lease makes hung workers show within a second.</summary>
    public RunningCommand Start(int leaseMilliseconds, params string[] options)
    {
        Environment["FAKE_LEAST_LEASE"] = leaseMilliseconds.ToString(CultureInfo.InvariantCulture);
        return Start(options);
    }

    /// <summary>The weights' bytes of every trial.</summary>
    public SortedDictionary<string, string> Weights() => FilesOfTrials("weights.bin");

    /// <summary>The bytes and figures are those of a sweep of the same trials that nobody disturbed, and the books balance.</summary>
    public void AssertAsUndisturbed()
    {
        Assert.Equal(Undisturbed.Value.Weights, Weights());
        Assert.Equal(Undisturbed.Value.Figures, Figures());
        Assert.Empty(Faults());
    }

    private static string Describe(string[] faults, int seeds, int epochs, int batches, int milliseconds, int lost) =>
        JsonSerializer.Serialize(new { name = "sweep", faults, seeds, epochs = new[] { epochs }, batches, milliseconds, lost });
}
