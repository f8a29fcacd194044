using System.Collections.Immutable;

namespace Orchestrator.Core.Extensions;

/// <summary>Extensions of one kind with where each comes from, in the order of their registration.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <param name="nameOf">The name of one.</param>
internal sealed class Registry<T>(Func<T, string> nameOf)
{
    private ImmutableArray<(T Item, string Origin)> _entries = [];

    /// <summary>All of them with their origins.</summary>
    public IReadOnlyList<(T Item, string Origin)> Entries => _entries;

    /// <summary>All of them.</summary>
    public IEnumerable<T> Items => _entries.Select(entry => entry.Item);

    /// <summary>Where they come from.</summary>
    public IEnumerable<string> Origins => _entries.Select(entry => entry.Origin);

    /// <summary>Adds one.</summary>
    public void Add(T item, string origin) => _entries = _entries.Add((item, origin));

    /// <summary>The one of a name with its origin, or null.</summary>
    public (T Item, string Origin)? Find(string name)
    {
        foreach (var entry in _entries)
        {
            if (nameOf(entry.Item) == name)
                return entry;
        }
        return null;
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear() => _entries = [];
}
