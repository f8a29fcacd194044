namespace Orchestrator.Core.Contracts;

/// <summary>Something that the user can put right: where it is, what is wrong, what to do.</summary>
/// <param name="Where">The file, manifest line, option or environment variable concerned.</param>
/// <param name="Cause">What was found and what was expected.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Problem(string Where, string Cause, string Remedy)
{
    /// <summary>The three parts on one line.</summary>
    public override string ToString() => $"{Where}: {Cause.TrimEnd('.')}. {Remedy}";
}
