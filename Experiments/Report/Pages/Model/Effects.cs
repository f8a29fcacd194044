namespace Orchestrator.Report.Model;

/// <summary>What each parameter does to the objective.</summary>
public sealed record Effects(string Objective, string Reading, IReadOnlyList<ParameterEffect> Parameters, string Method);

/// <summary>The objective at each value of one parameter.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Sentence">What can be said of it, or empty.</param>
/// <param name="Rows">One row per value.</param>
public sealed record ParameterEffect(string Parameter, string Sentence, IReadOnlyList<EffectRow> Rows);

/// <summary>The configurations that share one value.</summary>
public sealed record EffectRow(string Value, string Configurations, string Mean, string Best);

/// <summary>Any two measures against each other.</summary>
/// <param name="Measures">What an axis can show.</param>
/// <param name="Across">The measure across at first.</param>
/// <param name="Up">The measure upwards at first.</param>
/// <param name="Caption">How to read it.</param>
public sealed record Plane(IReadOnlyList<PlaneMeasure> Measures, string Across, string Up, string Caption);

/// <summary>What an axis can show.</summary>
public sealed record PlaneMeasure(string Name, string Label);

/// <summary>The figures of every epoch.</summary>
/// <param name="Metrics">Every metric with a curve.</param>
/// <param name="Table">The objective's mean at chosen epochs, one row per configuration.</param>
/// <param name="Epochs">The table's epochs.</param>
/// <param name="Caption">What the table holds.</param>
public sealed record Curves(
    IReadOnlyList<CurveMetric> Metrics,
    IReadOnlyList<string> Epochs,
    IReadOnlyList<CurveRow> Table,
    string Caption);

/// <summary>A metric with a curve.</summary>
public sealed record CurveMetric(string Name, string Label, bool Chosen);

/// <summary>A row of the curves' table.</summary>
/// <param name="Of">The place of its configuration among the chart data's.</param>
/// <param name="Label">Its values in words.</param>
/// <param name="Values">The objective at each epoch.</param>
public sealed record CurveRow(int Of, string Label, IReadOnlyList<string> Values);
