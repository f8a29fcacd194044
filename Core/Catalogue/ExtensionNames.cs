using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Catalogue;

/// <summary>Which names an extension may take.</summary>
internal static partial class ExtensionNames
{
    /// <summary>Words that a manifest, a trial's identity or a table use beside the parameters' names.</summary>
    private static readonly ImmutableHashSet<string> Reserved =
    [
        "data", "epoch", "epochs", "extension", "metric", "name", "parameters", "schema", "seed", "seeds", "sweep", "trial", "values", "when", "zip",
    ];

    /// <summary>Refuses a parameter's name that is malformed, reserved or taken.</summary>
    public static void CheckParameter(string name, bool taken) => Check(
        "parameter", name, Identifier(), "lower-case letters, digits and underscores, a letter first", taken || Reserved.Contains(name));

    /// <summary>Refuses a model's or schedule's name that is malformed or taken.</summary>
    public static void CheckChoice(string kind, string name, bool taken) =>
        Check(kind, name, Hyphenated(), "lower-case letters, digits and hyphens, a letter first", taken);

    /// <summary>Refuses a metric's id that is malformed or taken.</summary>
    public static void CheckMetric(string name, bool taken) =>
        Check("metric", name, MetricId(), "val/ or test/ and then lower-case letters, digits, underscores and dots", taken);

    private static void Check(string kind, string name, Regex form, string words, bool taken)
    {
        if (!form.IsMatch(name))
            throw new ProblemException($"{kind} '{name}'", "The name is not one that a manifest could write.", $"Write {words}.");
        if (taken)
            throw new ProblemException($"{kind} '{name}'", "The name is taken.", "Choose another one.");
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Identifier();

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Hyphenated();

    [GeneratedRegex("^(val|test)/[a-z][a-z0-9_.]*$")]
    private static partial Regex MetricId();
}
