namespace Orchestrator.Core.Devices;

/// <summary>A training step cannot be recorded; nothing of it was computed, and it can be taken the plain way.</summary>
internal sealed class NotRecordableException(string reason, Exception? inner = null) : Exception(reason, inner);
