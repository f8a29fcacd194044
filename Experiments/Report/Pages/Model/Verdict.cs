namespace Orchestrator.Report.Model;

/// <summary>What won and how sure that is.</summary>
/// <param name="Headline">The answer in one sentence.</param>
/// <param name="Support">How sure it is and why, a sentence each.</param>
/// <param name="Best">The configurations that cannot be told apart from the top, the top first.</param>
/// <param name="BestUnlisted">How many more there are.</param>
/// <param name="Answers">One answer per parameter.</param>
/// <param name="Warnings">Failures and gaps, a sentence each.</param>
public sealed record Verdict(
    string Headline,
    IReadOnlyList<string> Support,
    IReadOnlyList<Contender> Best,
    int BestUnlisted,
    IReadOnlyList<ParameterAnswer> Answers,
    IReadOnlyList<string> Warnings);

/// <summary>A member of the best set.</summary>
public sealed record Contender(string Id, string Label, string Estimate, string Seeds);

/// <summary>What can be said of one parameter.</summary>
public sealed record ParameterAnswer(string Parameter, string Sentence);
