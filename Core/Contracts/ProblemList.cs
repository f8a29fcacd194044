namespace Orchestrator.Core.Contracts;

/// <summary>Gathers problems, so that several independent steps report everything they found at once.</summary>
public sealed class ProblemList
{
    private readonly List<Problem> problems = [];

    /// <summary>What was gathered so far.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>Adds one problem.</summary>
    public void Add(string where, string cause, string remedy) => problems.Add(new Problem(where, cause, remedy));

    /// <summary>Runs a step; its problems are kept and the result is then <c>default</c>.</summary>
    public T? Try<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (ProblemException exception)
        {
            problems.AddRange(exception.Problems);
            return default;
        }
    }

    /// <summary>Runs an asynchronous step; its problems are kept and the result is then <c>default</c>.</summary>
    public async Task<T?> TryAsync<T>(Func<Task<T>> step)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (ProblemException exception)
        {
            problems.AddRange(exception.Problems);
            return default;
        }
    }

    /// <summary>Ends here if anything was gathered.</summary>
    /// <exception cref="ProblemException">At least one problem was gathered.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
            throw new ProblemException([.. problems]);
    }
}
