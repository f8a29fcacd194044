namespace Orchestrator.Core.Data;

/// <summary>One mirror did not deliver; the next one is tried, and the reason is told if none does.</summary>
internal sealed class MirrorFailureException(string reason) : Exception(reason);
