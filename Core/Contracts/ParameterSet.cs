using System.Collections;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Core.Contracts;

/// <summary>An immutable assignment of parameters, in ordinal order of their names: one configuration.</summary>
public sealed class ParameterSet : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<ParameterSet>
{
    private readonly ImmutableSortedDictionary<string, ParameterValue> _values;

    private ParameterSet(ImmutableSortedDictionary<string, ParameterValue> values) => _values = values;

    /// <summary>No assignment.</summary>
    public static ParameterSet Empty { get; } = new(ImmutableSortedDictionary.Create<string, ParameterValue>(StringComparer.Ordinal));

    /// <summary>The assignments as a set; a later one replaces an earlier one of the same name.</summary>
    public static ParameterSet Of(IEnumerable<KeyValuePair<string, ParameterValue>> values) => new(Empty._values.SetItems(values));

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <summary>The names, in ordinal order.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The value of a name, or null where it is not assigned.</summary>
    public ParameterValue? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>True when the name is assigned.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>The set with one more assignment, or another value for it.</summary>
    public ParameterSet With(string name, ParameterValue value) => new(_values.SetItem(name, value));

    /// <summary>The set with one more assignment, or another value for it.</summary>
    public ParameterSet With<T>(Parameter<T> parameter, T value) => With(parameter.Name, parameter.Write(value));

    /// <summary>The set without a name.</summary>
    public ParameterSet Without(string name) => new(_values.Remove(name));

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
    public bool Equals(ParameterSet? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => ToJson();

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
