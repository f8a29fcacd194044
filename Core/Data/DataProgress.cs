namespace Orchestrator.Core.Data;

/// <summary>How far a long step of loading has come.</summary>
/// <param name="Step">What is being done, for example <c>downloading train-images-idx3-ubyte.gz</c>.</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">How much there is; null when not known.</param>
/// <param name="Unit">What is counted: <c>bytes</c> or <c>images</c>.</param>
public sealed record DataProgress(string Step, long Done, long? Total, string Unit);
