using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.Core.Contracts;

/// <summary>The kinds of value that a parameter can take.</summary>
public enum ParameterKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A finite real number.</summary>
    Real,

    /// <summary>One of the definition's choices.</summary>
    Choice,

    /// <summary>Free text, such as a path.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A list of whole numbers.</summary>
    IntegerList,
}

/// <summary>The section of a manifest in which a parameter is written when it is fixed.</summary>
public enum ParameterSection
{
    /// <summary><c>dataset:</c>, what is learnt from.</summary>
    Dataset,

    /// <summary><c>model:</c>, what is learnt.</summary>
    Model,

    /// <summary><c>training:</c>, how it is learnt.</summary>
    Training,
}

/// <summary>
/// What is known of a parameter: its name, kind, default, bounds and meaning. The manifest's decoder, the JSON Schema,
/// the reference page, the F# handles and the models all read this one definition.
/// </summary>
public abstract class ParameterDefinition
{
    private ImmutableArray<string> _choices = [];

    /// <summary>The name, as a manifest writes it (<c>learning_rate</c>).</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people, with the unit.</summary>
    public required string Description { get; init; }

    /// <summary>The section a fixed value belongs to.</summary>
    public required ParameterSection Section { get; init; }

    /// <summary>The kind of value.</summary>
    public abstract ParameterKind Kind { get; }

    /// <summary>The default, or null where a value must be given.</summary>
    public abstract ParameterValue? DefaultValue { get; }

    /// <summary>The least number allowed, inclusive unless <see cref="ExclusiveMinimum"/>.</summary>
    public double? Minimum { get; init; }

    /// <summary>True when the value must be greater than <see cref="Minimum"/>.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>The greatest number allowed, inclusive.</summary>
    public double? Maximum { get; init; }

    /// <summary>The names allowed for <see cref="ParameterKind.Choice"/>.</summary>
    public ImmutableArray<string> Choices
    {
        get => _choices;
        init => _choices = value;
    }

    /// <summary>
    /// True for a place on this machine, such as a path: outside of a trial's identity, into which the content of what
    /// lies there enters.
    /// </summary>
    public bool IsLocation { get; init; }

    /// <summary>True where the value stands in a trial's identity even when it is the default.</summary>
    public bool IsAlwaysNamed { get; init; }

    /// <summary>Adds a choice, for what a script brings with it.</summary>
    internal void Admit(string choice) => _choices = _choices.Add(choice);

    /// <summary>Takes choices out again.</summary>
    internal void Dismiss(ImmutableArray<string> choices) => _choices = _choices.RemoveRange(choices);

    /// <summary>Says what is wrong with a value, or null when it is allowed.</summary>
    public string? Check(ParameterValue value) => (Kind, value) switch
    {
        (ParameterKind.Integer, ParameterValue.Integer v) => CheckNumber(v.Value),
        (ParameterKind.Real, ParameterValue.Real v) => CheckNumber(v.Value),
        (ParameterKind.IntegerList, ParameterValue.IntegerList v) => v.Values.Select(x => CheckNumber(x)).FirstOrDefault(p => p is not null),
        (ParameterKind.Flag, ParameterValue.Flag) => null,
        (ParameterKind.Text, ParameterValue.Text) => null,
        (ParameterKind.Choice, ParameterValue.Text v) =>
            Choices.Contains(v.Value) ? null : $"'{v.Value}' is not one of {string.Join(", ", Choices)}",
        _ => $"{value} is not {KindPhrase}",
    };

    /// <summary>The kind in words, for messages: "a whole number".</summary>
    public string KindPhrase => Kind switch
    {
        ParameterKind.Integer => "a whole number",
        ParameterKind.Real => "a number",
        ParameterKind.Choice => "one of " + string.Join(", ", Choices),
        ParameterKind.Text => "text",
        ParameterKind.Flag => "true or false",
        _ => "a list of whole numbers",
    };

    private string? CheckNumber(double value)
    {
        if (!double.IsFinite(value))
            return "the value must be finite";
        if (Minimum is { } low && (ExclusiveMinimum ? value <= low : value < low))
            return $"must be {(ExclusiveMinimum ? "more than" : "at least")} {Show(low)}, got {Show(value)}";
        if (Maximum is { } high && value > high)
            return $"must be at most {Show(high)}, got {Show(value)}";
        return null;
    }

    private static string Show(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
