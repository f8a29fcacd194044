using System.Collections.Generic;

namespace TorchSharp.Modules;

/// <summary>Named members in order of registration; registering a name again replaces it in place.</summary>
internal sealed class OrderedMembers<T>
{
    private readonly List<(string name, T value)> items = [];

    internal IReadOnlyList<(string name, T value)> Items => items;

    internal void Set(string name, T value)
    {
        var at = items.FindIndex(item => item.name == name);
        if (at >= 0)
        {
            items[at] = (name, value);
        }
        else
        {
            items.Add((name, value));
        }
    }

    internal bool TryGet(string name, out T value)
    {
        var at = items.FindIndex(item => item.name == name);
        value = at >= 0 ? items[at].value : default!;
        return at >= 0;
    }

    internal void Remove(string name) => items.RemoveAll(item => item.name == name);
}
