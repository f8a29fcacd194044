using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>A quantity that is measured at readings only, on test images.</summary>
/// <param name="Quantity">Its name without the part of the data; it carries the protocol.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Meaning">One sentence, with the definition.</param>
/// <param name="Least">No value can lie below.</param>
/// <param name="Most">No value can lie above.</param>
internal sealed record ReadingMeasure(
    string Quantity,
    string Unit,
    MetricDirection Direction,
    string Meaning,
    double Least = double.NegativeInfinity,
    double Most = double.PositiveInfinity)
{
    /// <summary>The catalogue's entry.</summary>
    public MetricDefinition Definition => new($"test/{Quantity}", Unit, Direction, Meaning, EveryEpoch: false);

    /// <summary>A share from 0 to 1, of which more is better.</summary>
    public static ReadingMeasure Share(string quantity, string unit, string meaning) =>
        new(quantity, unit, MetricDirection.Maximize, meaning, 0, 1);
}
