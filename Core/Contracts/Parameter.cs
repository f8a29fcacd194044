using System.Collections.Immutable;

namespace Orchestrator.Core.Contracts;

/// <summary>A typed handle to a parameter: what F# scripts vary and models read, so that a wrong type does not compile.</summary>
/// <typeparam name="T">The type of value: int, double, bool, string or <see cref="ImmutableArray{T}"/> of int.</typeparam>
public sealed class Parameter<T> : ParameterDefinition
{
    private readonly T? _default;
    private readonly bool _hasDefault;

    /// <summary>A parameter that must be given.</summary>
    public Parameter()
    {
    }

    /// <summary>A parameter with a default.</summary>
    public Parameter(T defaultValue)
    {
        _default = defaultValue;
        _hasDefault = true;
    }

    /// <inheritdoc/>
    public override ParameterKind Kind =>
        typeof(T) == typeof(int) ? ParameterKind.Integer
        : typeof(T) == typeof(double) ? ParameterKind.Real
        : typeof(T) == typeof(bool) ? ParameterKind.Flag
        : typeof(T) == typeof(ImmutableArray<int>) ? ParameterKind.IntegerList
        : typeof(T) == typeof(string) ? (Choices.IsEmpty ? ParameterKind.Text : ParameterKind.Choice)
        : throw new NotSupportedException($"no parameter has the type {typeof(T)}");

    /// <inheritdoc/>
    public override ParameterValue? DefaultValue => _hasDefault ? Write(_default!) : null;

    /// <summary>The value of the handle's type as a parameter value.</summary>
    public ParameterValue Write(T value) => value switch
    {
        int v => new ParameterValue.Integer(v),
        double v => new ParameterValue.Real(v),
        bool v => new ParameterValue.Flag(v),
        string v => new ParameterValue.Text(v),
        ImmutableArray<int> v => new ParameterValue.IntegerList([.. v.Select(x => (long)x)]),
        _ => throw new NotSupportedException($"no parameter has the type {typeof(T)}"),
    };

    /// <summary>Reads a checked value.</summary>
    /// <exception cref="InvalidCastException">The value is of another kind: it was not checked.</exception>
    public T Read(ParameterValue value) => (T)(value switch
    {
        ParameterValue.Integer v => (object)checked((int)v.Value),
        ParameterValue.Real v => v.Value,
        ParameterValue.Flag v => v.Value,
        ParameterValue.Text v => v.Value,
        ParameterValue.IntegerList v => v.Values.Select(x => checked((int)x)).ToImmutableArray(),
        _ => throw new InvalidCastException($"{Name} cannot be read from {value}"),
    });
}
