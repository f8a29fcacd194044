using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

/// <summary>The real data sets where the machine has them: in ORCHESTRATOR_DATA or beside the repository.</summary>
internal static class RealData
{
    public static Task<Dataset> LoadOrSkip(string name) => LoadOrSkip(name, ParameterSet.Empty);

    public static async Task<Dataset> LoadOrSkip(string name, ParameterSet arguments)
    {
        var locations = new DataLocations(Path.GetDirectoryName(FolderOf(name)), null, Path.Combine(Path.GetTempPath(), "orchestrator-no-cache"));
        return await DatasetCatalogue.Find(name).LoadAsync(new DatasetRequest(arguments, locations), CancellationToken.None);
    }

    public static string FolderOf(string name)
    {
        var folder = Roots().Select(root => Path.Combine(root, name)).FirstOrDefault(Directory.Exists);
        Assert.SkipWhen(folder is null, $"no {name} in ORCHESTRATOR_DATA or ../shared/datasets");
        return folder;
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable(DataLocations.DataVariable) is { Length: > 0 } own)
            yield return own;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.GetFiles("Orchestrator.sln").Length > 0)
                yield return Path.Combine(folder.FullName, "..", "shared", "datasets");
        }
    }
}
