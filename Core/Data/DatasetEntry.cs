using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>A data set that manifests can name.</summary>
public sealed record DatasetEntry
{
    /// <summary>The name in manifests.</summary>
    public required string Name { get; init; }

    /// <summary>One or two sentences for people.</summary>
    public required string Description { get; init; }

    /// <summary>Its parameters; empty when it has none.</summary>
    public IReadOnlyList<DatasetParameter> Parameters { get; init; } = [];

    /// <summary>Whether it can be had without the user's own files.</summary>
    public bool IsSelfContained { get; init; } = true;

    /// <summary>Loads it, given checked arguments.</summary>
    public required Func<DatasetArguments, DatasetRequest, CancellationToken, Task<Dataset>> Loader { get; init; }

    /// <summary>The fingerprint where the arguments alone determine it.</summary>
    public Func<DatasetArguments, string?> KnownFingerprint { get; init; } = _ => null;

    /// <summary>The published files it consists of and where they lie, content unread; none for one that is rendered or the user's own.</summary>
    public Func<DataLocations, IReadOnlyList<DatasetFile>> Files { get; init; } = _ => [];

    /// <summary>Loads, and downloads where needed and possible.</summary>
    /// <exception cref="ProblemException">Arguments or files are wrong, or the download failed.</exception>
    public Task<Dataset> LoadAsync(DatasetRequest request, CancellationToken cancellation) =>
        Loader(Check(request), request, cancellation);

    /// <summary>The fingerprint of what <see cref="LoadAsync"/> would load; the user's own files are read for it.</summary>
    /// <exception cref="ProblemException">Arguments or files are wrong.</exception>
    public async Task<string> FingerprintAsync(DatasetRequest request, CancellationToken cancellation) =>
        KnownFingerprint(Check(request)) ?? (await LoadAsync(request, cancellation).ConfigureAwait(false)).Fingerprint;

    private DatasetArguments Check(DatasetRequest request) => DatasetArguments.Check(Name, Parameters, request.Arguments);
}
