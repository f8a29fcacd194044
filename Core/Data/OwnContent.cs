using System.Collections.Concurrent;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>What the user's own data hold, read once for all configurations of a plan; what was wrong is kept too.</summary>
internal static class OwnContent
{
    private static readonly ConcurrentDictionary<(string Entry, ParameterSet Arguments), Lazy<KnownContent>> Read = new();

    /// <summary>The content of an entry's data.</summary>
    /// <exception cref="ProblemException">They are not there or damaged.</exception>
    public static KnownContent Of(DatasetEntry entry, ParameterSet arguments, string? dataFolder) => Read.GetOrAdd(
        (entry.Name, arguments),
        _ => new Lazy<KnownContent>(() => Load(entry, arguments, dataFolder))).Value;

    /// <summary>Lets everything be read anew.</summary>
    public static void Forget() => Read.Clear();

    private static KnownContent Load(DatasetEntry entry, ParameterSet arguments, string? dataFolder)
    {
        var request = new DatasetRequest(arguments, DataLocations.FromEnvironment(dataFolder));
        return entry.ContentAsync(request, CancellationToken.None).GetAwaiter().GetResult();
    }
}
