namespace Orchestrator.Report.Model;

/// <summary>The configurations in order, at each reading.</summary>
/// <param name="Parameters">The varied parameters: the first columns.</param>
/// <param name="Objective">Heading of the objective's column, with its unit.</param>
/// <param name="Figures">Headings of further metrics.</param>
/// <param name="Readings">One table for each epoch at which the trials were read, the last one last.</param>
/// <param name="Method">How the numbers were made.</param>
public sealed record Leaderboard(
    IReadOnlyList<string> Parameters,
    string Objective,
    IReadOnlyList<string> Figures,
    IReadOnlyList<LeaderboardReading> Readings,
    string Method);

/// <summary>The table of one reading.</summary>
public sealed record LeaderboardReading(int Epoch, string Label, IReadOnlyList<LeaderboardRow> Rows);

/// <summary>One configuration.</summary>
/// <param name="Id">Its short id.</param>
/// <param name="Rank">Its place; empty where it has no figure.</param>
/// <param name="Label">Its values in words.</param>
/// <param name="Values">A cell for each parameter.</param>
/// <param name="Estimate">Mean and interval over seeds.</param>
/// <param name="Bar">Where the interval lies among all, or null.</param>
/// <param name="Seeds">Seeds measured of those planned.</param>
/// <param name="Trouble">Failures and gaps in words, or empty.</param>
/// <param name="Figures">A cell for each further metric.</param>
/// <param name="Behind">How far behind the top.</param>
/// <param name="Chance">The probability of such a difference by chance.</param>
/// <param name="Best">True when it cannot be told apart from the top.</param>
/// <param name="Spark">Points of the objective over epochs for a small line, or empty.</param>
public sealed record LeaderboardRow(
    string Id,
    Cell Rank,
    string Label,
    IReadOnlyList<Cell> Values,
    Cell Estimate,
    IntervalBar? Bar,
    Cell Seeds,
    string Trouble,
    IReadOnlyList<Cell> Figures,
    Cell Behind,
    Cell Chance,
    bool Best,
    string Spark);

/// <summary>An interval as a drawing 100 wide: low end, mean, high end.</summary>
public sealed record IntervalBar(string Low, string Mean, string High);
