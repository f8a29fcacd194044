using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Where data sets are looked for, and where downloaded ones are kept.</summary>
/// <param name="Explicit">The folder that the user named with <c>--data</c>, or null.</param>
/// <param name="Environment">The folder that <c>ORCHESTRATOR_DATA</c> names, or null.</param>
/// <param name="Cache">The folder for downloads; made when needed.</param>
public sealed record DataLocations(string? Explicit, string? Environment, string Cache)
{
    /// <summary>The variable that names a folder of data sets.</summary>
    public const string DataVariable = "ORCHESTRATOR_DATA";

    /// <summary>The variable that moves the cache; downloads lie in its folder <c>data</c>.</summary>
    public const string CacheVariable = "ORCHESTRATOR_CACHE";

    /// <summary>The locations for a <c>--data</c> option and this process' environment.</summary>
    public static DataLocations FromEnvironment(string? explicitFolder) =>
        Create(explicitFolder, System.Environment.GetEnvironmentVariable);

    /// <summary>The locations for a <c>--data</c> option and the given environment variables.</summary>
    public static DataLocations Create(string? explicitFolder, Func<string, string?> variable) =>
        new(explicitFolder, NonEmpty(variable(DataVariable)), Path.Combine(CacheRoot(variable), "data"));

    /// <summary>The folders to search, in order.</summary>
    /// <exception cref="ProblemException">A folder that the user named does not exist.</exception>
    public IReadOnlyList<string> Roots()
    {
        var problems = new ProblemList();
        var roots = new List<string>();
        foreach (var (origin, folder) in new[] { ("--data", Explicit), (DataVariable, Environment) })
        {
            if (folder is null)
                continue;
            if (Directory.Exists(folder))
                roots.Add(folder);
            else
                problems.Add(origin, $"There is no folder '{folder}'.", "Correct the path, or leave it out to use the cache.");
        }
        problems.ThrowIfAny();
        return [.. roots, Cache];
    }

    private static string CacheRoot(Func<string, string?> variable)
    {
        if (NonEmpty(variable(CacheVariable)) is { } own)
            return own;
        // The XDG base directory specification tells programs to ignore a relative path here.
        if (variable("XDG_CACHE_HOME") is { } xdg && Path.IsPathRooted(xdg))
            return Path.Combine(xdg, "orchestrator");
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return Path.Combine(NonEmpty(variable("HOME")) ?? home, ".cache", "orchestrator");
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
