namespace Orchestrator.Core.Contracts;

/// <summary>
/// Carries the user's problems out of Core's loading functions, all of them at once.
/// The border to the command line turns it back into values.
/// </summary>
public sealed class ProblemException : Exception
{
    /// <summary>An exception for one or more problems.</summary>
    public ProblemException(IReadOnlyList<Problem> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        ArgumentOutOfRangeException.ThrowIfZero(problems.Count);
        Problems = problems;
    }

    /// <summary>An exception for one problem.</summary>
    public ProblemException(string where, string cause, string remedy)
        : this([new Problem(where, cause, remedy)])
    {
    }

    /// <summary>What is wrong; never empty.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
