using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class SeedTests
{
    [Fact]
    public void SplitMix64_gives_the_published_sequence()
    {
        // The first outputs for seed 1234567 of the reference implementation by Vigna.
        var random = new SplitMix64(1234567);
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void Derived_seeds_never_change()
    {
        // Computed by an independent program.
        Assert.Equal(2523849455797631689UL, SeedSequence.Derive(20261121, "order", 3));
    }

    [Fact]
    public void Seed_role_and_every_counter_matter()
    {
        ulong[] seeds =
        [
            SeedSequence.Derive(1, "init"), SeedSequence.Derive(2, "init"), SeedSequence.Derive(1, "order"),
            SeedSequence.Derive(1, "init", 0), SeedSequence.Derive(1, "init", 1), SeedSequence.Derive(1, "init", 0, 0),
            SeedSequence.Derive(1, "initi"), SeedSequence.Derive(1, ""),
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    [Fact]
    public void Bounded_numbers_are_uniform()
    {
        var random = new SplitMix64(5);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Below(7)]++;
        // Chi-squared with 6 degrees of freedom: 22.5 has probability 0.001.
        Assert.True(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000) < 22.5);
    }

    [Fact]
    public void A_permutation_holds_every_index_once_and_depends_on_its_seed_only()
    {
        var order = Permutation.Create(1000, 42);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.Equal(order, Permutation.Create(1000, 42));
        Assert.NotEqual(order, Permutation.Create(1000, 43));
        Assert.Equal([2, 0, 1, 4, 5, 3], Permutation.Create(6, 1));
    }
}
