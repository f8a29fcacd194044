namespace Orchestrator.Core.Data;

/// <summary>The known generative factors of every image of a set, as class indices.</summary>
public sealed class FactorTable
{
    /// <summary>A table of <paramref name="values"/> <c>[count, factors]</c>, row-major.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public FactorTable(IReadOnlyList<string> names, IReadOnlyList<int> sizes, ReadOnlyMemory<int> values)
    {
        if (names.Count == 0 || names.Count != sizes.Count)
            throw new ArgumentException($"{names.Count} factor names but {sizes.Count} sizes.", nameof(sizes));
        if (values.Length % names.Count != 0)
            throw new ArgumentException($"{values.Length} values are no whole rows of {names.Count}.", nameof(values));
        (Names, Sizes, Values) = (names, sizes, values);
    }

    /// <summary>Names of the factors, slowest-varying first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many values each factor can take.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Factor indices <c>[count, factors]</c>, row-major.</summary>
    public ReadOnlyMemory<int> Values { get; }

    /// <summary>Number of images.</summary>
    public int Count => Values.Length / Names.Count;

    /// <summary>The index of one factor of one image.</summary>
    public int this[int image, int factor] => Values.Span[image * Names.Count + factor];
}
