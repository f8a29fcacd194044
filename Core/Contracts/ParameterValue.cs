using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Core.Contracts;

/// <summary>One value of a parameter. A closed set of cases: integer, real, text, flag, list of integers.</summary>
public abstract record ParameterValue
{
    private ParameterValue()
    {
    }

    /// <summary>The value as canonical JSON: shortest round-trip digits, an integral real keeps its ".0".</summary>
    public abstract string ToJson();

    /// <summary>The value as a person writes it in a manifest.</summary>
    public sealed override string ToString() => this is Text text ? text.Value : ToJson();

    /// <summary>A whole number.</summary>
    public sealed record Integer(long Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToJson() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A finite real number.</summary>
    public sealed record Real(double Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToJson()
        {
            // Negative zero and zero are one value; "4" and "4.0" must stay different kinds.
            var digits = (Value == 0 ? 0.0 : Value).ToString("R", CultureInfo.InvariantCulture);
            return digits.AsSpan().IndexOfAny('.', 'E', 'e') >= 0 ? digits : digits + ".0";
        }
    }

    /// <summary>A name out of a parameter's choices, or free text.</summary>
    public sealed record Text(string Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToJson() => JsonSerializer.Serialize(Value);
    }

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToJson() => Value ? "true" : "false";
    }

    /// <summary>A list of whole numbers, such as layer widths.</summary>
    public sealed record IntegerList(ImmutableArray<long> Values) : ParameterValue
    {
        /// <inheritdoc/>
        public override string ToJson() =>
            "[" + string.Join(",", Values.Select(v => v.ToString(CultureInfo.InvariantCulture))) + "]";

        /// <summary>Equality by content.</summary>
        public bool Equals(IntegerList? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var value in Values)
                hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
