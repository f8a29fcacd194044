using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Everything that loading a data set needs from outside.</summary>
/// <param name="Arguments">The values of its parameters; those that are absent have their defaults.</param>
/// <param name="Locations">Where to look for files and keep downloads.</param>
/// <param name="Http">Downloads; null for the client shared by the process.</param>
/// <param name="Progress">Told about long steps; may be called from several threads.</param>
public sealed record DatasetRequest(
    ParameterSet Arguments,
    DataLocations Locations,
    HttpClient? Http = null,
    IProgress<DataProgress>? Progress = null)
{
    /// <summary>A request without arguments.</summary>
    public DatasetRequest(DataLocations locations)
        : this(ParameterSet.Empty, locations)
    {
    }
}
