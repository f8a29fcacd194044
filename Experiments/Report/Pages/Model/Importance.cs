namespace Orchestrator.Report.Model;

/// <summary>How much of the spread between configurations each parameter explains.</summary>
/// <param name="Data">The data set it is of; empty where there is only one.</param>
/// <param name="Rows">Parameters and pairs, the most important first.</param>
/// <param name="Method">How the numbers were made.</param>
public sealed record Importances(string Data, IReadOnlyList<ImportanceRow> Rows, string Method);

/// <summary>One parameter or pair.</summary>
/// <param name="Label">Its name or names.</param>
/// <param name="Share">Its share of the variance, in per cent.</param>
/// <param name="Interval">The interval in words, or a dash.</param>
/// <param name="Width">The share as a length of 100.</param>
/// <param name="Low">The interval's low end as a length of 100.</param>
/// <param name="High">The interval's high end as a length of 100.</param>
public sealed record ImportanceRow(string Label, string Share, string Interval, string Width, string Low, string High);
