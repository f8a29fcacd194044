namespace Orchestrator.Core.Data;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a counter-based generator whose n-th output is a mixing function of
/// <c>seed + n * 0x9E3779B97F4A7C15</c>. Its whole state is one number. The same everywhere, for ever.
/// </summary>
public struct SplitMix64(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state = seed;

    /// <summary>The next 64 uniform bits.</summary>
    public ulong Next()
    {
        state += Golden;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// A uniform integer in <c>[0, bound)</c>, without bias: multiply and shift, rejecting the short last interval
    /// (Lemire, "Fast random integer generation in an interval", 2019).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var rejected = (0 - range) % range;
        while (true)
        {
            var high = Math.BigMul(Next(), range, out var low);
            if (low >= rejected)
                return (int)high;
        }
    }
}
