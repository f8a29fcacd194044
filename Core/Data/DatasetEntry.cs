using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>A data set that manifests can name.</summary>
public sealed record DatasetEntry
{
    /// <summary>The name in manifests.</summary>
    public required string Name { get; init; }

    /// <summary>One or two sentences for people.</summary>
    public required string Description { get; init; }

    /// <summary>The parameters that it reads; each has a default.</summary>
    public IReadOnlyList<ParameterDefinition> Parameters { get; init; } = [];

    /// <summary>Whether it can be had without the user's own files.</summary>
    public bool IsSelfContained { get; init; } = true;

    /// <summary>Loads it, given checked arguments.</summary>
    public required Func<ParameterSet, DatasetRequest, CancellationToken, Task<Dataset>> Loader { get; init; }

    /// <summary>What the arguments alone tell of its content; null where it must be read, as the user's own is.</summary>
    public Func<ParameterSet, KnownContent?> KnownContent { get; init; } = _ => null;

    /// <summary>The published files it consists of and where they lie, content unread; none for one that is rendered or the user's own.</summary>
    public Func<DataLocations, IReadOnlyList<DatasetFile>> Files { get; init; } = _ => [];

    /// <summary>Loads, and downloads where needed and possible.</summary>
    /// <exception cref="ProblemException">Arguments or files are wrong, or the download failed.</exception>
    public Task<Dataset> LoadAsync(DatasetRequest request, CancellationToken cancellation)
    {
        Check(request.Arguments);
        return Loader(request.Arguments, request, cancellation);
    }

    /// <summary>What <see cref="LoadAsync"/> would load; the user's own files are read for it.</summary>
    /// <exception cref="ProblemException">Arguments or files are wrong.</exception>
    public async Task<KnownContent> ContentAsync(DatasetRequest request, CancellationToken cancellation)
    {
        Check(request.Arguments);
        return KnownContent(request.Arguments)
            ?? Data.KnownContent.Of(await LoadAsync(request, cancellation).ConfigureAwait(false));
    }

    /// <summary>Those values of a configuration that the data set reads.</summary>
    public ParameterSet ArgumentsOf(ParameterSet configuration) =>
        ParameterSet.Of(configuration.Where(pair => Parameters.Any(parameter => parameter.Name == pair.Key)));

    private void Check(ParameterSet arguments)
    {
        var problems = new ProblemList();
        var where = $"data set {Name}";
        var known = Parameters.Count == 0 ? "none" : string.Join(", ", Parameters.Select(p => p.Name));
        foreach (var (name, value) in arguments)
        {
            if (Parameters.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
                problems.Add(where, $"It has no parameter '{name}'.", $"Its parameters are: {known}.");
            else if (parameter.Check(value) is { } cause)
                problems.Add(where, $"'{name}': {cause}.", $"Give {parameter.KindPhrase}.");
        }
        problems.ThrowIfAny();
    }
}
