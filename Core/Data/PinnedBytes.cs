using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Memory for images that never moves, so that its address can be handed to native code without a copy.</summary>
internal static class PinnedBytes
{
    /// <summary>Bytes with undefined content.</summary>
    /// <exception cref="ProblemException">One block cannot be that large.</exception>
    public static byte[] Allocate(long length, string where)
    {
        if (length > Array.MaxLength)
            throw new ProblemException(
                where,
                FormattableString.Invariant($"The images take {length:N0} bytes; one set may take {Array.MaxLength:N0}."),
                "Use fewer or smaller images.");
        return GC.AllocateUninitializedArray<byte>((int)length, pinned: true);
    }
}
