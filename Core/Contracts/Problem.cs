namespace Orchestrator.Core.Contracts;

/// <summary>A problem that the user can mend.</summary>
/// <param name="Where">The file, line, parameter or folder it concerns.</param>
/// <param name="Cause">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Problem(string Where, string Cause, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Cause}. {Remedy}";
}

/// <summary>Carries problems of the user's out of a computation; translated to values at the border.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>One or more problems.</summary>
    public ProblemException(params IReadOnlyList<Problem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>The problems, all that were found.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
