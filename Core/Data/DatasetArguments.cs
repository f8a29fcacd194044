using System.Globalization;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>The arguments of one data set, checked against its parameters.</summary>
public sealed class DatasetArguments
{
    private readonly IReadOnlyList<DatasetParameter> parameters;
    private readonly IReadOnlyDictionary<string, string> given;

    private DatasetArguments(IReadOnlyList<DatasetParameter> parameters, IReadOnlyDictionary<string, string> given) =>
        (this.parameters, this.given) = (parameters, given);

    /// <summary>Checks every argument.</summary>
    /// <exception cref="ProblemException">Arguments are unknown, missing or no values of their kind; all are listed.</exception>
    public static DatasetArguments Check(
        string dataset, IReadOnlyList<DatasetParameter> parameters, IReadOnlyDictionary<string, string> given)
    {
        var problems = new ProblemList();
        var where = $"data set {dataset}";
        var known = parameters.Count == 0 ? "none" : string.Join(", ", parameters.Select(p => p.Name));
        foreach (var name in given.Keys.Where(name => parameters.All(p => p.Name != name)).Order(StringComparer.Ordinal))
            problems.Add(where, $"It has no parameter '{name}'.", $"Its parameters are: {known}.");
        foreach (var parameter in parameters)
        {
            var value = given.GetValueOrDefault(parameter.Name);
            if (value is null && parameter.Required)
                problems.Add(where, $"The parameter '{parameter.Name}' is missing.", $"Give it: {parameter.Description}");
            else if (value is not null && !IsValid(parameter.Kind, value))
                problems.Add(where, $"'{value}' is no value for '{parameter.Name}'.", $"Give {Expected(parameter.Kind)}.");
        }
        problems.ThrowIfAny();
        return new DatasetArguments(parameters, given);
    }

    /// <summary>The text of a parameter or its default; null when neither exists.</summary>
    public string? Text(string name) => given.GetValueOrDefault(name) ?? parameters.Single(p => p.Name == name).Default;

    /// <summary>A whole number; null when not given and without default.</summary>
    public int? Count(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static bool IsValid(DatasetParameterKind kind, string value) => kind switch
    {
        DatasetParameterKind.Count => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        _ => !string.IsNullOrWhiteSpace(value),
    };

    private static string Expected(DatasetParameterKind kind) =>
        kind == DatasetParameterKind.Count ? "a whole number, 0 or more" : "a path";
}
