using System.Collections;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Core.Contracts;

/// <summary>An immutable assignment of parameters, in ordinal order of their names: one configuration.</summary>
public sealed class ParameterSet : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<ParameterSet>
{
    // Ordinal order, each name once: sets are small, and plans make very many of them.
    private readonly KeyValuePair<string, ParameterValue>[] _values;

    private ParameterSet(KeyValuePair<string, ParameterValue>[] values) => _values = values;

    /// <summary>No assignment.</summary>
    public static ParameterSet Empty { get; } = new([]);

    /// <summary>The assignments as a set; a later one replaces an earlier one of the same name.</summary>
    public static ParameterSet Of(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        var given = values.ToArray();
        for (var i = 1; i < given.Length; i++)
        {
            if (string.CompareOrdinal(given[i - 1].Key, given[i].Key) >= 0)
                return new(Sorted(given));
        }
        return new(given);
    }

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <summary>The names, in ordinal order.</summary>
    public IEnumerable<string> Names => _values.Select(pair => pair.Key);

    /// <summary>The value of a name, or null where it is not assigned.</summary>
    public ParameterValue? Find(string name) => IndexOf(name) is >= 0 and var index ? _values[index].Value : null;

    /// <summary>True when the name is assigned.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>The set with one more assignment, or another value for it.</summary>
    public ParameterSet With(string name, ParameterValue value)
    {
        var index = IndexOf(name);
        var pair = KeyValuePair.Create(name, value);
        if (index < 0)
            return new([.. _values.AsSpan(0, ~index), pair, .. _values.AsSpan(~index)]);
        KeyValuePair<string, ParameterValue>[] values = [.. _values];
        values[index] = pair;
        return new(values);
    }

    /// <summary>The set with one more assignment, or another value for it.</summary>
    public ParameterSet With<T>(Parameter<T> parameter, T value) => With(parameter.Name, parameter.Write(value));

    /// <summary>The set without a name.</summary>
    public ParameterSet Without(string name) =>
        IndexOf(name) is >= 0 and var index ? new([.. _values.AsSpan(0, index), .. _values.AsSpan(index + 1)]) : this;

    /// <summary>The value of a parameter: the assigned one, else its default.</summary>
    /// <exception cref="KeyNotFoundException">It is neither assigned nor has it a default.</exception>
    public T Get<T>(Parameter<T> parameter) =>
        parameter.Read(Find(parameter.Name) ?? parameter.DefaultValue
            ?? throw new KeyNotFoundException($"the parameter '{parameter.Name}' has no value and no default"));

    /// <summary>Canonical JSON: one object, keys in ordinal order, no white space. Equal sets have equal text.</summary>
    public string ToJson()
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in _values)
            text.Append(text.Length == 1 ? "" : ",").Append(JsonSerializer.Serialize(name)).Append(':').Append(value.ToJson());
        return text.Append('}').ToString();
    }

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="JsonException">The text is not such an object.</exception>
    public static ParameterSet FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, FromElement(p.Value))));
    }

    private static ParameterValue FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new ParameterValue.Flag(element.GetBoolean()),
        JsonValueKind.String => new ParameterValue.Text(element.GetString()!),
        JsonValueKind.Array => new ParameterValue.IntegerList([.. element.EnumerateArray().Select(x => x.GetInt64())]),
        JsonValueKind.Number when element.GetRawText().AsSpan().IndexOfAny('.', 'E', 'e') < 0 => new ParameterValue.Integer(element.GetInt64()),
        JsonValueKind.Number => new ParameterValue.Real(element.GetDouble()),
        _ => throw new JsonException($"a parameter cannot be {element.ValueKind}"),
    };

    /// <inheritdoc/>
    public bool Equals(ParameterSet? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || other.Count != Count)
            return false;
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i].Key != other._values[i].Key || !_values[i].Value.Equals(other._values[i].Value))
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (name, value) in _values)
        {
            hash.Add(name);
            hash.Add(value);
        }
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => ToJson();

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static KeyValuePair<string, ParameterValue>[] Sorted(KeyValuePair<string, ParameterValue>[] given)
    {
        var values = new SortedDictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
            values[name] = value;
        return [.. values];
    }

    /// <summary>Where the name stands, or the complement of where it would.</summary>
    private int IndexOf(string name)
    {
        var (low, high) = (0, _values.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            switch (string.CompareOrdinal(_values[middle].Key, name))
            {
                case 0:
                    return middle;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }
        return ~low;
    }
}
