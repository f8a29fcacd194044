namespace Orchestrator.Report.Model;

/// <summary>How to do it again.</summary>
/// <param name="Facts">Seeds, data fingerprints, dates.</param>
/// <param name="Environments">What the attempts ran on, each different one once.</param>
/// <param name="Commands">What to type.</param>
/// <param name="Manifest">The manifest as it was run.</param>
public sealed record Provenance(
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<RunEnvironment> Environments,
    IReadOnlyList<CommandLine> Commands,
    string Manifest);

/// <summary>A machine with its program and libraries.</summary>
public sealed record RunEnvironment(string Title, IReadOnlyList<Fact> Facts);

/// <summary>A command and what it gives.</summary>
/// <param name="Id">What a section links to it by.</param>
/// <param name="Purpose">What it gives.</param>
/// <param name="Text">What to type.</param>
public sealed record CommandLine(string Id, string Purpose, string Text);
