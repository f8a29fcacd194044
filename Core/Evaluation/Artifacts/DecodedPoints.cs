using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Models;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The places of the latent space at which single images are decoded.</summary>
internal static class DecodedPoints
{
    /// <summary>Where the seed documents decode single images, and the middle.</summary>
    private static readonly ImmutableArray<ImmutableArray<double>> OfPlane = [[0, 0], [3, 2], [-3, 2], [0, -2]];

    private const char BetweenPoints = ';';
    private const int Most = 100;

    /// <summary>The parameter, where a family has codes.</summary>
    public static IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
        ModelCatalogue.Of(parameters).HasCodes ? [EvaluationParameters.DecodeAt] : [];

    /// <summary>The points of a checked configuration; for two dimensions there are some without being asked for.</summary>
    public static ImmutableArray<ImmutableArray<double>> Of(ParameterSet parameters)
    {
        if (parameters.Get(EvaluationParameters.DecodeAt) is { Length: > 0 } text)
            return [.. Split(text).Select(point => ImmutableArray.CreateRange(point.Select(number => double.Parse(number, CultureInfo.InvariantCulture))))];
        return parameters.Get(ModelParameters.Latent) == 2 ? OfPlane : [];
    }

    /// <summary>The points as sentences show them: <c>(3, 2), (-3, 2)</c>.</summary>
    public static string Name(IEnumerable<ImmutableArray<double>> points) => string.Join(", ", points.Select(
        point => $"({string.Join(", ", point.Select(value => value.ToString("G6", CultureInfo.InvariantCulture)))})"));

    /// <summary>What makes the points impossible for a latent space.</summary>
    public static IEnumerable<Problem> Check(ParameterSet parameters)
    {
        if (!ModelCatalogue.Of(parameters).HasCodes || parameters.Get(EvaluationParameters.DecodeAt) is not { Length: > 0 } text)
            yield break;
        var latent = parameters.Get(ModelParameters.Latent);
        var points = Split(text).ToImmutableArray();
        if (points.Length > Most)
        {
            yield return Problem(
                FormattableString.Invariant($"{points.Length} points are given."), FormattableString.Invariant($"Give at most {Most}."));
        }
        foreach (var point in points)
        {
            if (point.FirstOrDefault(number => !IsNumber(number)) is { } wrong)
                yield return Problem($"'{wrong}' is not a number.", "Write points as numbers with spaces between them, and ; between points: 3 2; -3 2.");
            else if (point.Length != latent)
            {
                yield return Problem(
                    FormattableString.Invariant($"The point '{string.Join(' ', point)}' has {point.Length} coordinates, the latent space {latent}."),
                    FormattableString.Invariant($"Give exactly {latent} numbers for each point."));
            }
        }
    }

    private static IEnumerable<string[]> Split(string text) => text.Split(BetweenPoints, StringSplitOptions.TrimEntries)
        .Select(point => point.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries));

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    private static Problem Problem(string cause, string remedy) => new(EvaluationParameters.DecodeAt.Name, cause, remedy);
}
