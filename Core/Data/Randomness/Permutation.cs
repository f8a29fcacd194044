namespace Orchestrator.Core.Data;

/// <summary>Seeded permutations of the integers from 0.</summary>
public static class Permutation
{
    /// <summary>A uniform permutation of <c>0 .. count-1</c>: Fisher and Yates' shuffle, from the last place down, over <see cref="SplitMix64"/>.</summary>
    public static int[] Create(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        var random = new SplitMix64(seed);
        for (var last = count - 1; last > 0; last--)
        {
            var other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return order;
    }
}
